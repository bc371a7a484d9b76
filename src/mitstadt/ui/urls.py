"""The style page and its sample pages. A site mounts them where people build, never in a city's own operation."""

from django.urls import path

from mitstadt.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.styles, name="styles"),
    path("startseite/", views.home, name="home"),
    path("beteiligung/", views.process, name="process"),
    path("text/", views.text, name="text"),
    path("werdegang/", views.trail, name="trail"),
    path("formular/", views.question, name="question"),
    path("quittung/", views.receipt, name="receipt"),
]
