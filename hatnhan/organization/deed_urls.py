"""The addresses of the deeds: a verb is a page of the thing it is done to."""

from __future__ import annotations

from django.urls import path

from hatnhan.organization.views import deeds_badges as badges
from hatnhan.organization.views import deeds_life as life
from hatnhan.organization.views import deeds_members as members
from hatnhan.organization.views import deeds_positions as positions
from hatnhan.organization.views import deeds_reshaping as reshaping
from hatnhan.organization.views import deeds_transfers as transfers
from hatnhan.organization.views import deeds_units as units

_ONE = "dang-vien/<int:pk>/"
_UNIT = "to-chuc/<slug:code>/"

urlpatterns = [
    # onto the roster
    path("dang-vien/them/", members.Register.as_view(), name="member-register"),
    path("dang-vien/ket-nap/", members.Admit.as_view(), name="member-admit"),
    path("dang-vien/tiep-nhan/", members.Receive.as_view(), name="member-receive"),
    # about a member
    path(f"{_ONE}sua/", members.Edit.as_view(), name="member-edit"),
    path(f"{_ONE}lien-lac/", members.Contact.as_view(), name="member-contact"),
    path(f"{_ONE}chuyen-sinh-hoat/", transfers.Propose.as_view(), name="member-transfer"),
    path(f"{_ONE}sinh-hoat-tam-thoi/", life.StartTemporary.as_view(), name="member-temporary"),
    path(
        f"{_ONE}sinh-hoat-tam-thoi/<int:membership>/thoi/", life.EndTemporary.as_view(), name="temporary-end"
    ),
    path(f"{_ONE}het-du-bi/", life.DecideProbation.as_view(), name="member-official"),
    path(f"{_ONE}mien-sinh-hoat/", life.Exempt.as_view(), name="member-exempt"),
    path(f"{_ONE}mien-sinh-hoat/<int:exemption>/thoi/", life.EndExemption.as_view(), name="exemption-end"),
    path(f"{_ONE}giao-chuc-vu/", positions.AppointMember.as_view(), name="member-appoint"),
    path(f"{_ONE}huy-hieu/", badges.AwardBadge.as_view(), name="member-badge"),
    path(f"{_ONE}thoi-sinh-hoat/", life.EndMembership.as_view(), name="member-end"),
    path("chuc-vu/<int:pk>/thoi/", positions.EndPosition.as_view(), name="position-end"),
    # moves
    path("chuyen-sinh-hoat/", transfers.transfers, name="transfers"),
    path("chuyen-sinh-hoat/<int:pk>/tiep-nhan/", transfers.Accept.as_view(), name="transfer-accept"),
    path("chuyen-sinh-hoat/<int:pk>/khong-nhan/", transfers.Refuse.as_view(), name="transfer-refuse"),
    path("chuyen-sinh-hoat/<int:pk>/rut/", transfers.Withdraw.as_view(), name="transfer-withdraw"),
    path("huy-hieu/", badges.Round.as_view(), name="badges"),
    # about a unit
    path(f"{_UNIT}lap-to-chuc/", units.Create.as_view(), name="unit-create"),
    path(f"{_UNIT}doi-ten/", units.Rename.as_view(), name="unit-rename"),
    path(f"{_UNIT}doi-loai/", units.ChangeKind.as_view(), name="unit-kind"),
    path(f"{_UNIT}chuyen-truc-thuoc/", units.Move.as_view(), name="unit-move"),
    path(f"{_UNIT}tach/", reshaping.Split.as_view(), name="unit-split"),
    path(f"{_UNIT}sap-nhap/", reshaping.Merge.as_view(), name="unit-merge"),
    path(f"{_UNIT}giai-the/", reshaping.Dissolve.as_view(), name="unit-dissolve"),
    path(f"{_UNIT}nhiem-ky/", positions.OpenTerm.as_view(), name="unit-term"),
    path(f"{_UNIT}giao-chuc-vu/", positions.AppointInUnit.as_view(), name="unit-appoint"),
]
