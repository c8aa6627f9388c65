"""Sentences: what lint finds in a notice, and what to write instead."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # The command
    "help_lint": (
        "检查通知、温馨提示、启事等文稿：格式、语气、隐私、标点",
        "check notices: form, tone, privacy, punctuation",
    ),
    "help_lint_explain": ("说明一条规则，如 N202", "explain a rule, such as N202"),
    "help_lint_ignore": ("不查这条规则（可多次给出）", "leave out a rule (may be repeated)"),
    "help_lint_strict": ("有提醒也算不通过", "fail on warnings as well"),
    "help_lint_fix": (
        "改好能放心自动改的：标点、全角数字、日期补零、叠用标点",
        "mend what is safe: marks, full-width digits, padded dates, doubled marks",
    ),
    "lint_nothing": (
        "请给出要检查的文件、编号，或用 - 从标准输入读取。",
        "Name a file or a record to check, or - for standard input.",
    ),
    "lint_no_such": (
        "没有文件 {name}，也没有这个编号的单据。",
        "There is no file {name} and no record of this number.",
    ),
    "lint_no_text": ("{name} 没有正文可查。", "{name} has no text to check."),
    "lint_not_utf8": (
        "{name} 不是 UTF-8 文本（第 {line} 行），请另存为 UTF-8 后再查。",
        "{name} is not UTF-8 (line {line}); save it as UTF-8 first.",
    ),
    "lint_fix_files_only": (
        "--fix 只能改文件；{name} 请用它的修改步骤。",
        "--fix mends files only; change {name} by its own steps.",
    ),
    "lint_no_rule": (
        "没有规则 {code}；有：{codes}。",
        "There is no rule {code}; there are: {codes}.",
    ),
    "lint_summary": (
        "{files} 份文稿：错误 {errors}，提醒 {warnings}，已略过 {suppressed}。",
        "{files} checked: {errors} errors, {warnings} warnings, {suppressed} suppressed.",
    ),
    "lint_fixed": ("{name}：已改 {count} 处。", "{name}: {count} places mended."),
    "lint_error": ("错误", "error"),
    "lint_warning": ("提醒", "warning"),
    "lint_applies_all": ("所有文种", "all genres"),
    "lint_rule_head": (
        "{code} {severity}（{scope}）依据：{source}",
        "{code} {severity} ({scope}) source: {source}",
    ),
    # N1xx
    "lint_no_title": (
        "缺标题：首行请写“关于……的通知”一类的标题。",
        "There is no title: begin with a line that names the matter and the genre.",
    ),
    "lint_title_no_genre": (
        "标题没有文种：请以“通知”“温馨提示”“启事”“通告”“公示”或“函”结尾。",
        "The title names no genre: end it with the word for notice, tip, announcement or letter.",
    ),
    "lint_title_long": (
        "标题 {length} 字，一行排不下：请压缩到 {limit} 字以内，只留事由和文种。",
        "The title has {length} characters: keep matter and genre, at most {limit}.",
    ),
    "lint_no_salutation": (
        "缺称呼：正文前请顶格写“尊敬的各位业主：”。",
        "There is no salutation: name the readers flush left, with a colon, before the text.",
    ),
    "lint_salutation_open": (
        "称呼后请用冒号“：”。",
        "Close the salutation with a colon.",
    ),
    "lint_no_cause": (
        "第一段没有说明原因：请先写“因……”“为……”或“接……通知”。",
        "The first paragraph gives no reason: begin with why.",
    ),
    "lint_no_courtesy": (
        "结尾缺少致谢或致歉：请加“由此带来的不便，敬请谅解”或“感谢您的支持”。",
        "No thanks or apology at the end: add one.",
    ),
    "lint_no_organisation": (
        "落款没有单位全称：请写“××物业服务中心”这样的全称。",
        "The signature names no organisation: write the office's full name.",
    ),
    "lint_no_date": (
        "落款没有日期：请在单位名称下一行写“2026年5月8日”这样的日期。",
        "The signature has no date: write year, month and day below the name.",
    ),
    "lint_date_padded": (
        "日期不补零：“{date}”请去掉月、日前的 0。",
        "Dates take no leading zero: drop the 0 in {date}.",
    ),
    "lint_date_short_year": (
        "年份要写四位数：“{date}”请写全。",
        "Write the year in four digits: {date}.",
    ),
    "lint_date_zero": (
        "汉字年份的零写“〇”：“{date}”请改。",
        "Write the zero of a year in words as 〇: {date}.",
    ),
    "lint_date_unreal": (
        "没有{date}这一天，请核对。",
        "There is no such day as {date}: check it.",
    ),
    "lint_date_no_year": (
        "落款日期要写年份：“{date}”请写成“某年{date}”的完整日期。",
        "The signature's date needs its year: {date}.",
    ),
    "lint_date_dotted": (
        "落款日期请写成“2026年5月1日”的样子，不写“{date}”。",
        "Write the signature's date with year, month and day as words, not as {date}.",
    ),
    "lint_no_phone": (
        "没有可以拨打的办公电话：请加“咨询电话：”和本单位号码。",
        "There is no office number to dial: add one.",
    ),
    "lint_placeholder": (
        "“{words}”还没有填写：请填上实际内容或删去。",
        "{words} has not been filled in: put the real value or drop it.",
    ),
    "lint_genre_qishi": (
        "“启示”是受到启发，寻物、招领、招租请写“启事”。",
        "Wrong word for an announcement: the second character is that of “matter”.",
    ),
    "lint_genre_gaoshi": (
        "“{word}”不是物业常用文种：请改为“通告”或“通知”。",
        "{word} is no genre for an office: make it a public notice or a notice.",
    ),
    "lint_genre_gonggao": (
        "“公告”用于国家机关和业主大会、业委会：物业请改为“通告”或“通知”。",
        "That word is for state organs and owners' bodies: make it a public notice or a notice.",
    ),
    "lint_missing": (
        "还缺：{fields}。请补上，重要的内容单独成行。",
        "Missing: {fields}. Add it, on a line of its own.",
    ),
    "lint_lead": (
        "提前量不足：距开始只有 {left} 天，至少应提前 {lead} 天；确属抢修的，请在标题写“紧急”。",
        "Too late: {left} days before the start, at least {lead} needed; an emergency says so in "
        "its title.",
    ),
    "lint_after_start": (
        "落款日期晚于事项开始的日期：请核对；应至少提前 {lead} 天发出。",
        "The notice is dated after the start: check it; it is due {lead} days before.",
    ),
    "lint_found_detail": (
        "招领启事不写“{words}”这类特征：请删去，留给失主认领时说明。",
        "Do not tell “{words}”: leave it for the owner to describe.",
    ),
    "lint_open_ended": (
        "没有写张贴到哪一天：请加“有效期至”或“张贴至”日期。",
        "Nothing says how long it stays up: add a date until which it is valid.",
    ),
    "lint_weekday": (
        "{date}是{right}，请改正星期或日期。",
        "The weekday does not fit: {date} is {right}.",
    ),
    "lint_times": (
        "“{words}”结束不晚于开始：请核对；跨夜的写“次日”。",
        "“{words}” does not end after it begins: check it; say so when it runs overnight.",
    ),
    "lint_deadline_early": (
        "截止日期{date}早于办理期的开始：请核对。",
        "The deadline {date} lies before the period begins: check it.",
    ),
    "lint_closing": (
        "结语“{words}”与文种不符：请改为“{right}”或删去。",
        "The closing {words} is another genre's: write {right} or drop it.",
    ),
    "lint_closing_none": (
        "结语“{words}”与文种不符：请删去。",
        "The closing {words} is another genre's: drop it.",
    ),
    # N2xx
    "lint_order": (
        "温馨提示是劝告，不下命令：“{word}”请改为“请……”“请勿……”或“建议……”；确要规定的，改发通知。",
        "This genre gives advice, no orders: put “{word}” as a request, or issue a notice instead.",
    ),
    "lint_threat": (
        "温馨提示不作警告、不说处分：请删去“{word}”，说明原因并请读者配合。",
        "This genre threatens nobody: drop “{word}”, give the reason and ask for help.",
    ),
    "lint_cut_off": (
        "不得以停水、停电或限制门禁、电梯、车位、服务等方式相逼：请删去；"
        "欠费写“将依法申请仲裁或提起诉讼”，违章写“将报告主管部门依法处理”。",
        "Nobody may be pressed by cutting or limiting water, power, gates, lifts, parking or "
        "service: drop it; for arrears announce a lawsuit, for a breach a report to the authority.",
    ),
    "lint_fine": (
        "物业无权罚款或扣押金：请删去金额，改写为“请您……”，或写明由哪个主管部门依法处理。",
        "An office cannot fine: drop the sum and ask, or name the authority that acts by law.",
    ),
    "lint_late_fee": (
        "物业费没有“滞纳金”：请改为“按《物业服务合同》某条计收违约金”，并写明条款。",
        "A company charges no late fee of this kind: claim damages under a named contract clause.",
    ),
    "lint_late_rate": (
        "每日{rate}的违约金过高（上限 {limit}），法院可能调减：请按合同条款并降到合理水平。",
        "A daily rate of {rate} is high (limit {limit}) and a court may cut it: lower it.",
    ),
    "lint_insult": (
        "“{word}”是指责的话：请只说现象和请求，如“近期收到住户反映……，请您……”。",
        "“{word}” blames the reader: tell what happened and ask.",
    ),
    "lint_stacked": ("“{marks}”叠用：请只用一个。", "{marks} is stacked: use one mark."),
    "lint_exclaiming": (
        "感叹号超过 {limit} 个：请改用句号。",
        "More than {limit} exclamation marks: use full stops.",
    ),
    "lint_promise": (
        "“{word}”是超出合同的承诺：请改为“我们会尽快……”或写明合同标准。",
        "“{word}” promises more than the contract: say that you will do so as soon as you can.",
    ),
    "lint_disclaimer": (
        "“{words}”是免责或独断的话，写了也无效：请改为提醒，如“请保管好随身物品”。",
        "“{words}” shifts the liability and is void: give advice instead.",
    ),
    "lint_seizure": (
        "不得擅自处置住户的物品（“{words}”）：请写明移到哪里、保管多久、凭什么领取，或报主管部门。",
        "Residents' things may not be disposed of ({words}): say where they are kept, how long and "
        "how to claim them, or that the authority is told.",
    ),
    "lint_familiar": (
        "称读者请用“您”，不用“{word}”。",
        "Address the reader politely, not as {word}.",
    ),
    # N3xx
    "lint_private_phone": (
        "这是私人手机号：请改为办公电话，或隐去中间四位。",
        "This is a private number: put the office's, or mask it.",
    ),
    "lint_number_identity": (
        "身份证号不得公开：请删去，或至少隐去 8 位。",
        "An identity number must not be published: drop it, or mask at least 8 digits.",
    ),
    "lint_number_card": (
        "个人银行卡号不得公开：请删去，改为公司账户或到前台缴纳。",
        "A private card number must not be published: drop it.",
    ),
    "lint_plate": (
        "完整车牌不得公开：请写成“{masked}”的样子。",
        "A whole number plate must not be published: write it as {masked}.",
    ),
    "lint_name_room": (
        "姓名和房号不得一起公开（{name}）：请只写楼层或单元，不写姓名。",
        "A name and its room must not be published together ({name}): drop the name.",
    ),
    "lint_named_arrears": (
        "不得公开某人的欠费（{name}）：请改发密封的函，公开处只写收费率。",
        "What a person owes must not be published ({name}): send a closed letter.",
    ),
    "lint_private_account": (
        "款项不得付到个人账户：请写公司收款码、对公账户或前台。",
        "Money goes to no private account: name the company's account or the desk.",
    ),
    "lint_arrears_list": (
        "不宜张贴各户欠费：请写收费率，并逐户送达催缴函。",
        "Do not post what rooms owe: give the collection rate and send letters.",
    ),
    # N4xx, N5xx
    "lint_half_width": (
        "中文里用了半角“{mark}”，请改为“{full}”（--fix 可自动改）。",
        "A half-width {mark} stands in Chinese text; write {full} (--fix does it).",
    ),
    "lint_straight_quotes": (
        "中文引号请用“ ”，里层用‘ ’（--fix 可自动改）。",
        "Use curved quotation marks round Chinese text (--fix does it).",
    ),
    "lint_needless_mark": (
        "书名号或引号之间不用顿号，请删去“、”（--fix 可自动改）。",
        "No 、 between titles or quotations: drop it (--fix does it).",
    ),
    "lint_mixed_clock": (
        "时间写法不一：前面用“{first}”，这里用“{second}”，请统一。",
        "Two ways of writing times: {first} before, {second} here; use one.",
    ),
    "lint_mixed_halves": (
        "12 小时制和 24 小时制混用：请统一，如都写“15:00”。",
        "12-hour and 24-hour times are mixed: use one.",
    ),
    "lint_mixed_dates": (
        "日期写法不一：前面用“{first}”，这里用“{second}”，请统一。",
        "Two ways of writing dates: {first} before, {second} here; use one.",
    ),
    "lint_numbering": (
        "序号不连续：这里是 {number}，应为 {expected}。",
        "Numbers are out of order: {number} where {expected} should stand.",
    ),
    "lint_level": (
        "层次颠倒：高一级的序号写在了低一级的下面，请按 一、（一）1.（1）排列。",
        "Levels are upside down: a higher one stands inside a lower one.",
    ),
    "lint_two_marks": (
        "同一层次用了两种序号写法，请统一。",
        "One level is numbered in two ways: use one.",
    ),
    "lint_marker": (
        "公文序号请写 一、（一）1.（1），后面不加别的标点。",
        "Number official documents by their four levels, with no other mark.",
    ),
    "lint_wide": (
        "全角“{wide}”请改为半角“{narrow}”（--fix 可自动改）。",
        "Write {narrow}, not the full-width {wide} (--fix does it).",
    ),
    "lint_doubled": (
        "标点“{marks}”重复或相冲，请只留“{right}”（--fix 可自动改）。",
        "The marks {marks} clash: keep {right} (--fix does it).",
    ),
    "lint_dots": (
        "省略号请写“……”，不写句号相连。",
        "Write an ellipsis as six dots, not as full stops.",
    ),
    "lint_too_long": (
        "全文约 {printed} 行，超出一页（{limit} 行）：请留要点，其余作附件或到前台查阅。",
        "About {printed} printed lines, more than {limit}: keep the points, attach the rest.",
    ),
    "lint_tip_long": (
        "正文 {length} 字，温馨提示以 {limit} 字为限：一份只说一件事。",
        "The text has {length} characters; at most {limit}: one subject a sheet.",
    ),
    # Fields of N112
    "lint_field_start": ("开始时间（到几点）", "the start with its hour"),
    "lint_field_end": ("结束或预计恢复时间", "the end or expected restoration"),
    "lint_field_scope": ("范围", "the scope"),
    "lint_field_advice": ("给住户的建议", "advice"),
    "lint_field_day": ("日期", "the date"),
    "lint_field_hours": ("具体时间", "the hours"),
    "lint_field_area": ("区域", "the area"),
    "lint_field_precaution": ("注意事项（门窗、晾晒、食物、儿童、宠物）", "precautions"),
    "lint_field_move_to": ("改停或绕行的去处", "where to go instead"),
    "lint_field_place": ("地点", "the place"),
    "lint_field_who": ("参加对象", "who takes part"),
    "lint_field_join": ("如何参加（报名或无需报名）", "how to join"),
    "lint_field_period": ("起止时间或费用所属期间", "the period"),
    "lint_field_due": ("缴费截止日期", "the due date"),
    "lint_field_ways": ("缴费方式", "ways to pay"),
    "lint_field_room": ("房号", "the room"),
    "lint_field_amount": ("金额", "the amount"),
    "lint_field_basis": ("收费依据（合同条款或标准）", "the basis of the charge"),
    "lint_field_deadline": ("期限", "the deadline"),
    "lint_field_phone": ("联系电话", "a phone number"),
    "lint_field_item": ("物品名称", "the kind of thing"),
    "lint_field_claim_at": ("认领地点", "where to claim it"),
    "lint_field_bring": ("认领时带什么或说明什么", "what to bring or describe"),
    "lint_field_features": ("物品特征", "its features"),
    "lint_field_contact": ("联系方式", "a contact"),
    "lint_field_daily_hours": ("每日施工时段", "daily hours"),
    "lint_field_contractor": ("施工单位", "the contractor"),
    "lint_field_storage": ("物品存放和领回办法", "where things are kept and how to get them back"),
    "lint_field_papers": ("需带的证件资料", "papers to bring"),
    "lint_field_fees": ("费用", "fees"),
    "lint_field_way": ("参加调查的方式", "how to answer"),
    "lint_field_purpose": ("调查目的", "the purpose"),
    "lint_field_signal": ("天气情况", "what weather is coming"),
    "lint_field_issuer": ("信息来源", "who says so"),
    # What --explain says
    "lint_explain_N101": (
        "标题 = 事由 + 文种，写在第一行。例：关于规范车辆停放的通知。",
        "A title names the matter and the genre, on the first line.",
    ),
    "lint_explain_N102": ("标题一行写完，标点计入、空格不计。", "A title fits on one line."),
    "lint_explain_N103": (
        "通知、温馨提示、函要有称呼，顶格，冒号结尾。例：各位装修业主：。",
        "Notices, tips and letters address their readers, flush left, with a colon.",
    ),
    "lint_explain_N104": (
        "第一段先说原因。例：因旧桶破损，自5月1日起更换垃圾桶。",
        "The first paragraph says why.",
    ),
    "lint_explain_N105": (
        "结尾致谢、致歉或祝愿。“特此通知”“望遵照执行”不算。例：不便之处，敬请海涵。",
        "The end holds thanks, an apology or a good wish.",
    ),
    "lint_explain_N106": (
        "落款写单位全称；“物业”“本公司”“客服小张”不是名称。",
        "The signature names the organisation in full.",
    ),
    "lint_explain_N107": (
        "落款写年、月、日；正文里的日期和有效期不能代替。",
        "The signature has its own date.",
    ),
    "lint_explain_N108": (
        "日期写2026年5月1日：不补零，年份四位，汉字年份用〇，确有其日。",
        "Dates have four-digit years, no padding, and exist.",
    ),
    "lint_explain_N109": (
        "写上本单位可拨通的电话；110、12345、95598 不算。",
        "There is an office number to dial; public hotlines do not count.",
    ),
    "lint_explain_N110": (
        "模板的空白要填好：××、某某、____、空括号、空日期。",
        "No gap of a template is left open.",
    ),
    "lint_explain_N111": (
        "物业写通知、通告、启事；公告属国家机关和业主组织，“启示”是错字。",
        "An office uses its own genres' words.",
    ),
    "lint_explain_N112": (
        "各类通知必须写明的内容，如停水：起、止、范围、建议。",
        "Each type of notice says what its readers must know.",
    ),
    "lint_explain_N113": (
        "停水至少提前1天，自办停电2天，活动3天，等等；紧急事项除外。",
        "Notices are dated so many days ahead, by type; emergencies are exempt.",
    ),
    "lint_explain_N114": (
        "招领启事只写品名、大致地点和日期；颜色、品牌、金额、姓名留给失主说明。",
        "A found-item notice leaves the features for the owner to describe.",
    ),
    "lint_explain_N115": (
        "张贴的东西要有到期日，以便每日巡查时撤下。",
        "What is posted says until when.",
    ),
    "lint_explain_N116": ("星期要与日期相符。", "Weekdays agree with the calendar."),
    "lint_explain_N117": (
        "结束晚于开始，截止不早于开始；跨夜写“次日”。",
        "Ends come after starts.",
    ),
    "lint_explain_N118": (
        "结语与文种一致：通知用“特此通知”，温馨提示不用。",
        "The closing formula is that of the genre.",
    ),
    "lint_explain_N201": (
        "温馨提示不写严禁、必须、违者、后果自负，也不宣布处分。例：请把花盆移到室内，以免被风吹落。",
        "Tips give no orders and announce no sanctions.",
    ),
    "lint_explain_N202": (
        "欠费只能催告、仲裁、诉讼；不得停限水电气暖、门禁、电梯、车位、维修或服务。",
        "Arrears lead to reminders, arbitration or court, never to a service being cut.",
    ),
    "lint_explain_N203": (
        "罚款权属于行政机关；物业不罚款、不扣押金、不收“占位费”。",
        "Only authorities fine.",
    ),
    "lint_explain_N204": (
        "物业费逾期按合同条款计收违约金，日率不超过上限（默认万分之五）。",
        "Late payment is charged under a contract clause, at a moderate daily rate.",
    ),
    "lint_explain_N205": ("不指责、不侮辱读者；说现象，提请求。", "No blame and no insults."),
    "lint_explain_N206": ("感叹号不超过上限，不叠用。", "Few exclamation marks, none stacked."),
    "lint_explain_N207": (
        "不作超出合同的保证；写明合同标准或“尽快”。",
        "No promises beyond the contract.",
    ),
    "lint_explain_N208": (
        "概不负责、后果自负、最终解释权等话无效，改为提醒。",
        "Blanket disclaimers are void: give advice.",
    ),
    "lint_explain_N209": (
        "不按无主物处理、不锁车拖车、不没收；移存保管，凭证领取，或报主管部门。",
        "Residents' things are kept for them or left to the authority.",
    ),
    "lint_explain_N210": ("称读者为“您”，不用“你”“您们”。", "The reader is addressed politely."),
    "lint_explain_N301": ("张贴件不写私人手机号。", "No private mobile number on a posted sheet."),
    "lint_explain_N302": (
        "不写身份证号和个人银行卡号；遮盖至少 8 位。",
        "No identity or private card number.",
    ),
    "lint_explain_N303": ("车牌至少遮两位。", "At least two places of a plate are masked."),
    "lint_explain_N304": ("姓名与房号不同时出现。", "No name together with its room."),
    "lint_explain_N305": ("不公开某人的欠费。", "Nobody's arrears are published by name."),
    "lint_explain_N306": ("收款只到公司账户或前台。", "Money goes to the company only."),
    "lint_explain_N307": (
        "不张贴各户欠费名单；当地允许的，在 office.yaml 写 arrears_posting: allowed。",
        "No list of rooms in arrears, unless office.yaml says arrears_posting: allowed.",
    ),
    "lint_explain_N401": ("中文用全角标点。", "Chinese text takes full-width marks."),
    "lint_explain_N402": ("中文用弯引号。", "Chinese text takes curved quotation marks."),
    "lint_explain_N403": (
        "书名号、引号并列时中间不加顿号。",
        "No 、 between titles or quotations.",
    ),
    "lint_explain_N404": (
        "一份文稿里，时间、日期只用一种写法。",
        "One document writes times and dates in one way.",
    ),
    "lint_explain_N405": ("序号连续，层次不颠倒。", "Numbers run on and levels nest."),
    "lint_explain_N406": (
        "gbt9704 版式的序号：一、（一）1.（1）。",
        "Markers of the theme for official documents.",
    ),
    "lint_explain_N407": ("数字和字母用半角。", "Digits and letters are half-width."),
    "lint_explain_N408": ("标点不重复、不相冲。", "Marks are not doubled and do not clash."),
    "lint_explain_N501": ("一页写完；函可两页。", "One page; a letter may take two."),
    "lint_explain_N502": ("温馨提示不超过 300 字。", "Tips stay within 300 characters."),
}
