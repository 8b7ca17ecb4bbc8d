from django.urls import path

from catalog import views

app_name = "catalog"
urlpatterns = [
    path("c/<path:path>/", views.category, name="category"),
    path("s/<slug:slug>/", views.collection, name="collection"),
    path("p/<slug:slug>/", views.product, name="product"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("search/", views.search_results, name="search"),
]
