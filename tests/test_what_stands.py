"""What steps taken before say of a correction, in forms of an office's own."""

from __future__ import annotations

import pytest
from conftest import Desk

ORDER = """\
form: order
title: 订单 | Order
prefix: DD
fields:
  kind: {label: 类别 | Kind, type: choice, choices: {raft: 筏 | raft, boat: 船 | boat}}
  length: {label: 长度 | Length, type: integer}
  price: {label: 价 | Price, type: integer}
  words: {label: 说明 | Words, type: text}
  invoices: {label: 账单 | Invoices, type: link+, to: invoice, auto: true}
states: {open: 待办 | open, done: {label: 办结 | done, final: true}}
transitions:
  new:
    label: 登记 | Enter
    to: open
    asks: [kind, price]
    may: [length, words]
    needs: [{when: "kind == 'boat'", give: length, say: 船须写长度 | a boat has a length}]
    guard: [{say: 船须长于两米 | a boat is longer, if: "kind != 'boat' or length > 2"}]
  bill:
    label: 开单 | Bill
    from: open
    to: open
    create:
    - form: invoice
      when: price > 10
      keep: invoices
      same: [order]
      values: {order: =id, total: =price * 2, share: =100 // (price - 15)}
  finish: {label: 办结 | Finish, from: open, to: done}
"""
INVOICE = """\
form: invoice
title: 账单 | Invoice
prefix: ZD
fields:
  order: {label: 订单 | Order, type: link, to: order}
  total: {label: 合计 | Total, type: integer}
  share: {label: 每份 | Share, type: integer}
states: {open: 待付 | open, paid: {label: 已付 | paid, final: true}}
transitions:
  new: {label: 开单 | Bill, to: open, asks: [order, total], may: [share]}
  pay: {label: 付款 | Pay, from: open, to: paid}
"""


@pytest.fixture
def shop(desk: Desk) -> Desk:
    (desk.root / "forms").mkdir()
    for name, text in (("order", ORDER), ("invoice", INVOICE)):
        (desk.root / f"forms/{name}.yaml").write_text(text, "utf-8")
    desk.do("save")
    return desk


def billed(shop: Desk, times: int = 1) -> tuple[str, str]:
    """An order for 20 and its invoice."""
    order = shop.do("order new --kind raft --price 20").id
    for _ in range(times):
        shop.do(f"order bill {order}")
    (invoice,) = shop.show(order)["invoices"]
    return order, str(invoice)


def test_a_guard_that_could_not_be_judged_before_does_not_bind(shop: Desk) -> None:
    order = shop.do("order new --kind raft --price 20").id
    form = shop.root / "forms/order.yaml"
    form.write_text(ORDER.replace("kind != 'boat' or length > 2", "length > 2"), "utf-8")
    shop.do(f"order edit {order} --words 加急")
    assert shop.show(order)["words"] == "加急"


def test_guards_are_not_asked_while_a_need_is_not_met(shop: Desk) -> None:
    order = shop.do("order new --kind raft --price 20").id
    told = shop.refused(f"order edit {order} --kind boat --format json", 2).json
    (unmet,) = told["error"]["unmet"]
    assert (unmet["kind"], unmet["fields"]) == ("missing", ["length"])


def test_a_record_made_by_a_step_taken_twice_is_told_once(shop: Desk) -> None:
    order, invoice = billed(shop, 2)
    told = shop.do(f"order edit {order} --price 5 --format json").json
    assert [each["id"] for each in told["turned"]] == [invoice]


def test_what_follows_in_part_is_left_and_told_whole(shop: Desk) -> None:
    order, invoice = billed(shop)
    shop.do(f"order edit {order} --price 25")
    assert (shop.show(invoice)["total"], shop.show(invoice)["share"]) == (50, 10)
    told = shop.do(f"order edit {order} --price 15 --format json").json
    assert told["outdated"] == [{"id": invoice, "form": "invoice", "fields": ["total", "share"]}]
    assert (shop.show(invoice)["total"], shop.show(invoice)["share"]) == (50, 10)
    shop.do("check")
