"""What textiles are made of, in the words of the regulation and no others."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class Fibre(models.TextChoices):
    """The only names that may be used: Annex I and III of Regulation (EU) 1007/2011."""

    WOOL = "wool", _("wool")
    VIRGIN_WOOL = "virgin_wool", _("virgin wool")
    ALPACA = "alpaca", _("alpaca")
    LLAMA = "llama", _("llama")
    CAMEL = "camel", _("camel")
    CASHMERE = "cashmere", _("cashmere")
    MOHAIR = "mohair", _("mohair")
    ANGORA = "angora", _("angora")
    VICUNA = "vicuna", _("vicuna")
    YAK = "yak", _("yak")
    GUANACO = "guanaco", _("guanaco")
    CASHGORA = "cashgora", _("cashgora")
    BEAVER = "beaver", _("beaver")
    OTTER = "otter", _("otter")
    HAIR = "hair", _("animal hair")
    SILK = "silk", _("silk")
    COTTON = "cotton", _("cotton")
    KAPOK = "kapok", _("kapok")
    LINEN = "linen", _("linen")
    HEMP = "hemp", _("true hemp")
    JUTE = "jute", _("jute")
    ABACA = "abaca", _("abaca")
    ALFA = "alfa", _("alfa")
    COIR = "coir", _("coir")
    BROOM = "broom", _("broom")
    RAMIE = "ramie", _("ramie")
    SISAL = "sisal", _("sisal")
    SUNN = "sunn", _("sunn")
    HENEQUEN = "henequen", _("henequen")
    MAGUEY = "maguey", _("maguey")
    ACETATE = "acetate", _("acetate")
    ALGINATE = "alginate", _("alginate")
    CUPRO = "cupro", _("cupro")
    MODAL = "modal", _("modal")
    PROTEIN = "protein", _("protein")
    TRIACETATE = "triacetate", _("triacetate")
    VISCOSE = "viscose", _("viscose")
    ACRYLIC = "acrylic", _("acrylic")
    CHLOROFIBRE = "chlorofibre", _("chlorofibre")
    FLUOROFIBRE = "fluorofibre", _("fluorofibre")
    MODACRYLIC = "modacrylic", _("modacrylic")
    POLYAMIDE = "polyamide", _("polyamide")
    ARAMID = "aramid", _("aramid")
    POLYIMIDE = "polyimide", _("polyimide")
    LYOCELL = "lyocell", _("lyocell")
    POLYLACTIDE = "polylactide", _("polylactide")
    POLYESTER = "polyester", _("polyester")
    POLYETHYLENE = "polyethylene", _("polyethylene")
    POLYPROPYLENE = "polypropylene", _("polypropylene")
    POLYCARBAMIDE = "polycarbamide", _("polycarbamide")
    POLYURETHANE = "polyurethane", _("polyurethane")
    VINYLAL = "vinylal", _("vinylal")
    TRIVINYL = "trivinyl", _("trivinyl")
    ELASTODIENE = "elastodiene", _("elastodiene")
    ELASTANE = "elastane", _("elastane")
    GLASS = "glass", _("glass fibre")
    METAL = "metal", _("metal fibre")
    PAPER = "paper", _("paper")
    ELASTOMULTIESTER = "elastomultiester", _("elastomultiester")
    ELASTOLEFIN = "elastolefin", _("elastolefin")
    MELAMINE = "melamine", _("melamine")
    BICOMPONENT = "bicomponent", _("polypropylene/polyamide bicomponent")
    POLYACRYLATE = "polyacrylate", _("polyacrylate")
    OTHER = "other", _("other fibres")  # Art. 9 (2) to (4)


class TextilePart(models.TextChoices):
    """Parts with another fibre content are told apart (Art. 11)."""

    WHOLE = "whole", _("whole article")
    OUTER = "outer", _("outer fabric")
    LINING = "lining", _("lining")
    FILLING = "filling", _("filling")
    COVER = "cover", _("cover")
    PILE = "pile", _("pile")
    RIBBING = "ribbing", _("ribbing")
    TRIM = "trim", _("trim")


class FibreShare(models.Model):
    """How much of a fibre is in a part of a product.

    The shares of a part add up to 100; a trigger checks it at the end of each transaction.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="fibre_shares")
    part = models.CharField(
        _("part"), max_length=10, choices=TextilePart.choices, default=TextilePart.WHOLE
    )
    fibre = models.CharField(_("fibre"), max_length=20, choices=Fibre.choices)
    percent = models.PositiveSmallIntegerField(
        _("percent"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("fibre")
        verbose_name_plural = _("fibre content")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "part", "fibre"], name="fibre_share_once_per_part"
            ),
            models.CheckConstraint(
                condition=Q(fibre__in=Fibre.values), name="fibre_share_fibre_known"
            ),
            models.CheckConstraint(
                condition=Q(part__in=TextilePart.values), name="fibre_share_part_known"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="fibre_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % {self.get_fibre_display()}"
