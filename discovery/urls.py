from django.urls import path

from discovery.views import recent, wishes, wishlist

app_name = "discovery"
urlpatterns = [
    path("wishlist/", wishlist.wishlist, name="wishlist"),
    path("wishlist/new/", wishes.wish, name="wish"),
    path("wishlist/items/", wishes.item_create, name="item_create"),
    path("wishlist/items/removal/", wishes.wish_removal, name="wish_removal"),
    path("wishlist/items/<int:pk>/removal/", wishlist.item_removal, name="item_removal"),
    path("wishlist/items/<int:pk>/return/", wishlist.item_return, name="item_return"),
    path("wishlist/items/<int:pk>/cart/", wishlist.item_to_cart, name="item_to_cart"),
    path("wishlist/link/", wishlist.link_create, name="link_create"),
    path("wishlist/link/removal/", wishlist.link_removal, name="link_removal"),
    path("wishlist/shared/<str:token>/", wishlist.shared_list, name="shared_list"),
    path("recently-viewed/", recent.recent, name="recent"),
]
