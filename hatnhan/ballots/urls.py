"""What one can do in the room."""

from __future__ import annotations

from django.urls import path

from hatnhan.ballots.views import deeds, pages, papers
from hatnhan.ballots.views.vote import vote

app_name = "ballots"
urlpatterns = [
    path("", pages.home, name="home"),
    path("soan/", deeds.Draft.as_view(), name="draft"),
    path("<int:pk>/", pages.ballot, name="ballot"),
    path("<int:pk>/danh-sach/", pages.roll, name="roll"),
    path("<int:pk>/phieu/", vote, name="vote"),
    path("<int:pk>/bien-ban/", papers.minutes, name="minutes"),
    path("<int:pk>/mo/", deeds.Open.as_view(), name="open"),
    path("<int:pk>/kiem-phieu/", deeds.Close.as_view(), name="close"),
    path("<int:pk>/huy/", deeds.Cancel.as_view(), name="cancel"),
]
