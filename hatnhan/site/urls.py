"""What the shell offers at its own addresses."""

from __future__ import annotations

from django.urls import path

from hatnhan.site.views import calendar, deadlines, home, me, place, search

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("song/", home.health, name="health"),
    path("viec-den-han/", deadlines.deadlines, name="deadlines"),
    path("viec-den-han/tai/", deadlines.export, name="deadlines-export"),
    path("lich/", calendar.subscribe, name="calendar"),
    path("lich/doi-dia-chi/", calendar.renew, name="calendar-renew"),
    path("lich/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("tim/", search.search, name="search"),
    path("cho-dung/", place.place, name="place"),
    path("toi/", me.me, name="me"),
    path("toi/giao-dien/", me.theme, name="theme"),
    path("them/", me.more, name="more"),
    path("tro-giup/", me.guide, name="help"),
]
