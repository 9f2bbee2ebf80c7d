"""The weekly review, a person's year of it, and the posts of work it looks at."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import review_person, reviews, work_posts

urlpatterns = [
    path("<int:pk>/nhan-xet/", reviews.show, name="review"),
    path("<int:pk>/nhan-xet/ket-luan/", reviews.judge, name="review-judge"),
    path("nhan-xet/dong/<int:pk>/", reviews.row, name="review-row"),
    path("nhan-xet/dong/<int:pk>/tra-loi/", review_person.Reply.as_view(), name="review-reply"),
    path("nhan-xet/cua-toi/", review_person.mine, name="review-mine"),
    path("nhan-xet/<int:pk>/", review_person.person, name="review-person"),
    path("vi-tri/", work_posts.listed, name="work-posts"),
    path("vi-tri/them/", work_posts.NewWorkPost.as_view(), name="work-post-new"),
    path("vi-tri/<int:pk>/nguoi-giu/", work_posts.SetHolder.as_view(), name="work-post-holder"),
    path("vi-tri/<int:pk>/sua/", work_posts.RenameWorkPost.as_view(), name="work-post-rename"),
    path("vi-tri/<int:pk>/thoi/", work_posts.EndWorkPost.as_view(), name="work-post-end"),
]
