"""Planning a roll-out: core, variants, approval."""

from __future__ import annotations

from django.urls import path

from hatnhan.guidance.views import rollout, rollout_deeds, rollout_texts

_ONE = "ke-hoach/<int:pk>/"

urlpatterns = [
    path("ke-hoach/", rollout.roll_outs, name="roll-outs"),
    path(_ONE, rollout.roll_out, name="roll-out"),
    path("van-ban/<int:pk>/lap-ke-hoach/", rollout_deeds.PlanRollOut.as_view(), name="plan"),
    path(f"{_ONE}sua/", rollout_deeds.EditPlan.as_view(), name="plan-edit"),
    path(f"{_ONE}bo/", rollout_deeds.DropPlan.as_view(), name="plan-drop"),
    path(f"{_ONE}duyet/", rollout_deeds.Approve.as_view(), name="approve"),
    path(f"{_ONE}ket-thuc/", rollout_deeds.Close.as_view(), name="close"),
    path(f"{_ONE}cot-loi/", rollout_texts.SetCore.as_view(), name="core-set"),
    path(f"{_ONE}cot-loi/them/", rollout_texts.AddCore.as_view(), name="core-add"),
    path("cot-loi/<int:pk>/sua/", rollout_texts.EditCore.as_view(), name="core-edit"),
    path("cot-loi/<int:pk>/bo/", rollout_texts.RemoveCore.as_view(), name="core-remove"),
    path("cot-loi/<int:pk>/chuyen/", rollout_texts.shift_core, name="core-shift"),
    path(f"{_ONE}ban/<slug:kind>/", rollout_texts.WriteVariant.as_view(), name="variant"),
    path(f"{_ONE}ban/<slug:kind>/bo/", rollout_texts.DropVariant.as_view(), name="variant-drop"),
]
