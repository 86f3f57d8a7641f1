"""What the content model says beside its tables."""

INTRODUCTION = """\
# The content model

Everything that may stand in `content/`: each kind of file, its fields, and the words they may hold.
This page is made from the declared schema by `python -m site_builder.codebook`; a test holds the two equal.
A field that is not named here is refused, and so is a value of another kind.

Every record has an id: lower-case ASCII letters, digits and hyphens, at most 80 of them.
It is unique in the whole dossier, whatever the kind, and it is for ever: addresses are made from it.
Where a table has no `id`, the name of the file or the folder is the id.

Values are read as they are written: `NO` is a text and `2022-10` is a date, with or without quotation marks.
A text needs quotation marks if it holds `: ` or ` #`, or begins with a sign such as `[`, `*`, `!` or `@`.
Anchors, aliases, tags and merge keys are refused.

`site-builder new` writes JSON Schemas of these files into `schemas/`:
editors that read them check and complete while one types.
They know each field by itself; rules between fields and between files are told by `site-builder check`."""

DATES = """\
## Dates

Dates are EDTF, level 1, with one-of sets: ISO 8601-2, years 0001 to 9999.
A doubtful date is written as doubtful; a guess that looks exact is a mistake that nobody can find again."""

TEXTS = """\
## Text by language

Such a field holds one text, `title: The flood`, or one a language, `title: {en: The flood, de: Die Flut}`.
A plain text is in the `language` of `site.yaml`, in which the site is published.
Where a mapping lacks that language, the first text in it is shown."""

LINKS = """\
## Links in Markdown

The text below front matter is CommonMark with tables and footnotes, and without HTML.
Headings begin with `##`: the page's title comes from the front matter.

| write | gives |
|---|---|
| `[the fire](event:mill-fire)` | a link to a record, by kind and id, with its source beside it |
| `[4,200](figure:houses-flooded)` | a number that leads to the figure it states |
| `[](quote:mayor-water)`, alone in a paragraph | the record shown in full |
| `![What is to be seen](mill.jpg)`, alone in a paragraph | a [picture](images.md) in the digest's folder |
| `[the archive](https://example.org/)` | a link out of the site; only `https:`, `http:` and `mailto:` |
| `[Вёрстка]{{lang=ru}}` | words in another language |
| `[Ivan Petrov]{{.withheld}}` | words that are not published: "[name withheld]" |
| `A sentence.[^1]` and `[^1]: A note.` | a note |

Kinds: {kinds}.
An article is linked as the source that it is: `[the report](source:its-id)`."""
