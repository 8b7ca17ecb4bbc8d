"""What a PDF says about the XML inside it: the metadata of Factur-X, put into the bytes of typst.

The metadata of PDF/A lie uncompressed and the table of objects is plain, so the stream is replaced
where it lies and what follows is counted anew. Nothing else changes: tags and attachments stay.
"""

import re

_STREAM = re.compile(
    rb"<</Length (\d+)/Type/Metadata/Subtype/XML>>\nstream\n(<\?xpacket.*?<\?xpacket end=\"r\"\?>)",
    re.DOTALL,
)
_TABLE = re.compile(rb"xref\n0 (\d+)\n(.*?)trailer\n(.*?)startxref\n(\d+)\n%%EOF\s*$", re.DOTALL)
_SCHEMAS_END = b"</rdf:Bag></pdfaExtension:schemas>"
_RDF_END = b"</rdf:RDF>"
_URI = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = {
    "DocumentFileName": "The name of the embedded XML document",
    "DocumentType": "The type of the hybrid document in capital letters, e.g. INVOICE",
    "Version": "The version of the standard applying to the embedded XML document",
    "ConformanceLevel": "The conformance level of the embedded XML document",
}
LEVEL = "EN 16931"


class UnknownShape(ValueError):
    """The PDF is not built as typst builds them."""


def told(pdf: bytes, *, filename: str) -> bytes:
    """`pdf` with metadata that name the e-invoice inside. Raises `UnknownShape`."""
    found, table = _STREAM.search(pdf), _TABLE.search(pdf)
    if found is None or table is None or _SCHEMAS_END not in found[2]:
        raise UnknownShape("no plain metadata or table of objects")
    packet = found[2].replace(_SCHEMAS_END, _schema().encode() + _SCHEMAS_END, 1)
    packet = packet.replace(_RDF_END, _values(filename).encode() + _RDF_END, 1)
    stream = b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%b" % (len(packet), packet)
    moved = len(stream) - (found.end() - found.start())
    body = pdf[: found.start()] + stream + pdf[found.end() : table.start()]
    rows = re.sub(
        rb"(\d{10}) (\d{5} n)",
        lambda row: _offset(row, after=found.start(), moved=moved),
        table[2],
    )
    start = int(table[4]) + moved
    return body + b"xref\n0 %b\n%btrailer\n%bstartxref\n%d\n%%%%EOF" % (
        table[1],
        rows,
        table[3],
        start,
    )


def _offset(row: re.Match[bytes], *, after: int, moved: int) -> bytes:
    offset = int(row[1])
    return b"%010d %b" % (offset + moved if offset > after else offset, row[2])


def _schema() -> str:
    """The description of the properties, which PDF/A-3 demands for all that it does not know."""
    rows = "".join(
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{text}</pdfaProperty:description>"
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, text in _PROPERTIES.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{_URI}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{rows}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _values(filename: str) -> str:
    return (
        f'<rdf:Description rdf:about="" xmlns:fx="{_URI}">'
        "<fx:DocumentType>INVOICE</fx:DocumentType>"
        f"<fx:DocumentFileName>{filename}</fx:DocumentFileName>"
        "<fx:Version>1.0</fx:Version>"
        f"<fx:ConformanceLevel>{LEVEL}</fx:ConformanceLevel></rdf:Description>"
    )
