"""The register of documents."""

from __future__ import annotations

from django.urls import path

from hatnhan.guidance.views import register, register_deeds

urlpatterns = [
    path("van-ban/", register.documents, name="documents"),
    path("van-ban/vao-so/", register_deeds.NewDocument.as_view(), name="document-new"),
    path("van-ban/<int:pk>/", register.document, name="document"),
    path("van-ban/<int:pk>/sua/", register_deeds.EditDocument.as_view(), name="document-edit"),
    path("van-ban/<int:pk>/ngay-nhan/", register_deeds.ReceiveDocument.as_view(), name="document-receive"),
    path("van-ban/<int:pk>/thay-the/", register_deeds.ReplaceDocument.as_view(), name="document-replace"),
    path("van-ban/<int:pk>/gui-tep/", register_deeds.AttachFile.as_view(), name="document-file"),
    path("tep/<int:pk>/", register.download, name="file"),
    path("tep/<int:pk>/bo/", register_deeds.RemoveFile.as_view(), name="file-remove"),
]
