"""Papers, sets of forms, the rows behind figures."""

from __future__ import annotations

from django.urls import path

from hatnhan.reviews.views import counted, papers, sets

urlpatterns = [
    path("muc/<int:pk>/van-ban/<slug:kind>/", papers.of_entry, name="entry-paper"),
    path("hoi-nghi/<int:pk>/van-ban/<slug:kind>/", papers.of_sitting, name="sitting-paper"),
    path("quyet-dinh/<int:pk>/van-ban/", papers.decision, name="decision-paper"),
    path("xep-loai-lai/<int:pk>/van-ban/", papers.regrading, name="regrading-paper"),
    path("<int:year>/van-ban/<slug:kind>/", papers.of_cycle, name="cycle-paper"),
    path("<int:year>/bo-mau/", sets.sets, name="sets"),
    path("bo-mau/<int:pk>/", sets.one, name="set"),
    path("bo-mau/<int:pk>/tep/", sets.file, name="set-file"),
    path("so-lieu/dang-vien/", counted.members, name="counted-members"),
    path("so-lieu/to-chuc/", counted.organisations, name="counted-organisations"),
]
