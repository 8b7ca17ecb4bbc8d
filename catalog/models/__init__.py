from catalog.models.attribute import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    AttributeValue,
    ProductType,
    TypeAttribute,
)
from catalog.models.bundle import Bundle, BundleComponent, BundlePricing
from catalog.models.category import Brand, Category, ContentVersion, Manufacturer
from catalog.models.collection import (
    Collection,
    CollectionEntry,
    CollectionKind,
    CollectionMember,
    CollectionPicture,
)
from catalog.models.device import BatteryKind, BatteryPlace, Device, HazardSymbol
from catalog.models.digital_file import DigitalFile, FileType
from catalog.models.document import Document, DocumentKind, DocumentType
from catalog.models.fibre import Fibre, FibreShare, TextilePart
from catalog.models.food import Food, NutritionBasis
from catalog.models.guarantee import GraphicKind, GraphicType, Guarantee, OfficialGraphic
from catalog.models.hero import Hero
from catalog.models.imports import (
    Import,
    ImportChange,
    ImportFormat,
    ImportOutcome,
    ImportPart,
    ImportPicture,
    ImportProblem,
    ImportRow,
    ImportState,
)
from catalog.models.law import Law
from catalog.models.listing import ListingEntry, ListingRevision, VariantInStock
from catalog.models.picture import CategoryPicture, ProductPicture
from catalog.models.picture_file import PictureFile, PictureState
from catalog.models.price import Price, PriceKind, VatClass, VatRate
from catalog.models.product import (
    ContentUnit,
    Option,
    OptionValue,
    Product,
    ProductStatus,
    Variant,
    WithdrawalException,
)
from catalog.models.redirect import Redirect, RedirectReason
from catalog.models.reduction import (
    Reduction,
    ReductionKind,
    ReductionState,
    ReductionStep,
)
from catalog.models.search import (
    SearchCorpus,
    SearchDocument,
    SearchMiss,
    SearchNumber,
    SearchRedirect,
    SearchWord,
    Synonym,
)
from catalog.models.sending import SendingBan
from catalog.models.size_guide import SizeGuide
from catalog.models.vat import TaxScheme, VatSchemeChange, VatSchemeKind

__all__ = [
    "Attribute",
    "AttributeChoice",
    "AttributeKind",
    "AttributeValue",
    "BatteryKind",
    "BatteryPlace",
    "Brand",
    "Bundle",
    "BundleComponent",
    "BundlePricing",
    "Category",
    "CategoryPicture",
    "Collection",
    "CollectionEntry",
    "CollectionKind",
    "CollectionMember",
    "CollectionPicture",
    "ContentUnit",
    "ContentVersion",
    "Device",
    "DigitalFile",
    "Document",
    "DocumentKind",
    "DocumentType",
    "Fibre",
    "FibreShare",
    "FileType",
    "Food",
    "GraphicKind",
    "GraphicType",
    "Guarantee",
    "HazardSymbol",
    "Hero",
    "Import",
    "ImportChange",
    "ImportFormat",
    "ImportOutcome",
    "ImportPart",
    "ImportPicture",
    "ImportProblem",
    "ImportRow",
    "ImportState",
    "Law",
    "ListingEntry",
    "ListingRevision",
    "Manufacturer",
    "NutritionBasis",
    "OfficialGraphic",
    "Option",
    "OptionValue",
    "PictureFile",
    "PictureState",
    "Price",
    "PriceKind",
    "Product",
    "ProductPicture",
    "ProductStatus",
    "ProductType",
    "Redirect",
    "RedirectReason",
    "Reduction",
    "ReductionKind",
    "ReductionState",
    "ReductionStep",
    "SearchCorpus",
    "SearchDocument",
    "SearchMiss",
    "SearchNumber",
    "SearchRedirect",
    "SearchWord",
    "SendingBan",
    "SizeGuide",
    "Synonym",
    "TaxScheme",
    "TextilePart",
    "TypeAttribute",
    "Variant",
    "VariantInStock",
    "VatClass",
    "VatRate",
    "VatSchemeChange",
    "VatSchemeKind",
    "WithdrawalException",
]
