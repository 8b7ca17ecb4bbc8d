from django.urls import path

from catalog import views

app_name = "catalog"
urlpatterns = [
    path("c/<path:path>/", views.category, name="category"),
    path("s/<slug:slug>/", views.collection, name="collection"),
    path("p/<slug:slug>/", views.product, name="product"),
    path("documents/<int:pk>/<str:name>", views.document, name="document"),
    path("size-guides/<slug:slug>/", views.size_guide, name="size_guide"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("search/", views.search_results, name="search"),
]
