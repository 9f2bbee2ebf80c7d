"""The year under the Directive."""

from __future__ import annotations

from django.urls import path

from hatnhan.guidance.views import (
    directive,
    directive_deeds,
    looking_back_deeds,
    registration_deeds,
    service_deeds,
)

_YEAR, _CELL = "hoc-tap-bac/", "hoc-tap-bac/chi-bo/<slug:code>/"
_ONE = "hoc-tap-bac/dang-ky/<int:pk>/"

urlpatterns = [
    path(_YEAR, directive.directive, name="directive"),
    path(f"{_YEAR}chuyen-de/", directive_deeds.SetTheme.as_view(), name="theme"),
    path(f"{_YEAR}viec/", directive.served, name="services"),
    path(f"{_YEAR}viec/<slug:kind>/<int:pk>/", service_deeds.MarkService.as_view(), name="service-mark"),
    path(
        f"{_YEAR}viec/<slug:kind>/<int:pk>/bo/",
        service_deeds.UnmarkService.as_view(),
        name="service-unmark",
    ),
    path(f"{_YEAR}dang-ky/", registration_deeds.WriteRegistration.as_view(), name="registration-write"),
    path(
        f"{_YEAR}to-chuc/<slug:code>/dang-ky/",
        registration_deeds.WriteRegistration.as_view(),
        name="unit-registration-write",
    ),
    path(_ONE, directive.registration, name="registration"),
    path(f"{_ONE}giua-nam/", looking_back_deeds.Progress.as_view(), name="registration-progress"),
    path(f"{_ONE}danh-gia/", looking_back_deeds.Assess.as_view(), name="registration-assess"),
    path(f"{_ONE}nhan-xet/", looking_back_deeds.Comment.as_view(), name="registration-comment"),
    path(_CELL, directive.cell, name="cell-registrations"),
    path(f"{_CELL}ghi-ho/", registration_deeds.EnterRegistrations.as_view(), name="enter-registrations"),
    path(f"{_CELL}nhan-xet/", looking_back_deeds.Comment.as_view(), name="cell-comment"),
    path(f"{_CELL}giua-nam/", looking_back_deeds.Progress.as_view(), name="cell-progress"),
    path(f"{_CELL}danh-gia/", looking_back_deeds.Assess.as_view(), name="cell-assess"),
]
