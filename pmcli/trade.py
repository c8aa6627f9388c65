"""What one trade calls its people: the roles of a property-management office.

The engine knows roles from here alone; a form names them, an office gives them to its staff.
"""

from __future__ import annotations

from pmcli.messages import Label

ROLES: dict[str, Label] = {
    "reception": Label("接待", "reception"),
    "supervisor": Label("客服主管", "supervisor"),
    "manager": Label("项目经理", "manager"),
    "repair": Label("维修", "repair"),
    "security": Label("秩序", "security"),
    "finance": Label("财务", "finance"),
}
INHERITED_ROLES = {"supervisor": ("reception",), "manager": ("supervisor", "reception")}
"""A supervisor may do what reception may, a manager what a supervisor may."""

CORRECTS = "supervisor"
"""Who corrects what is sealed, unless a form says otherwise, and takes back others' steps."""
