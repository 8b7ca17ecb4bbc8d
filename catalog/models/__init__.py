from catalog.models.attribute import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    AttributeValue,
    ProductType,
    TypeAttribute,
)
from catalog.models.category import Brand, Category, ContentVersion, Manufacturer
from catalog.models.digital_file import DigitalFile, FileType
from catalog.models.document import Document, DocumentKind, DocumentType
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
from catalog.models.picture import CategoryPicture, ProductPicture
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
from catalog.models.search import (
    SearchCorpus,
    SearchDocument,
    SearchMiss,
    SearchNumber,
    SearchRedirect,
    SearchWord,
    Synonym,
)
from catalog.models.size_guide import SizeGuide

__all__ = [
    "Attribute",
    "AttributeChoice",
    "AttributeKind",
    "AttributeValue",
    "Brand",
    "Category",
    "CategoryPicture",
    "ContentUnit",
    "ContentVersion",
    "DigitalFile",
    "Document",
    "DocumentKind",
    "DocumentType",
    "FileType",
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
    "Manufacturer",
    "Option",
    "OptionValue",
    "Price",
    "PriceKind",
    "Product",
    "ProductPicture",
    "ProductStatus",
    "ProductType",
    "Redirect",
    "RedirectReason",
    "SearchCorpus",
    "SearchDocument",
    "SearchMiss",
    "SearchNumber",
    "SearchRedirect",
    "SearchWord",
    "SizeGuide",
    "Synonym",
    "TypeAttribute",
    "Variant",
    "VatClass",
    "VatRate",
    "WithdrawalException",
]
