"""Documents of our own in every format, made from plain text: what the readers' tests read back."""

import html
import io
import itertools
import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QILAN = (ROOT / "tests/documents/qilan.txt").read_text(encoding="utf-8")
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/reference/texts").glob("*.txt"))}
TEXTS["qilan"] = QILAN
BODY = """一、强化创新（区科技局牵头）
聚焦打造高水平创新型城区，加快塑造发展新优势，统筹推进教育科技人才一体改革发展。
（一）建设平台。支持企业建设创新平台，完善孵化器梯度培育机制，全年新建平台2个。（责任单位：区科技局）
（二）支持研发。引导企业加大研发投入，对符合条件的企业按规定给予奖励，研发投入增长10%。（责任单位：区科技局）
二、做强产业（区经信局牵头）
推动传统产业转型升级，培育壮大新兴产业，加快形成现代化产业体系，提升产业链韧性。
（三）培育企业。深化梯度培育机制，支持企业做大做强，全年新增规上工业企业30家以上。（责任单位：区经信局）
（四）开拓市场。组织企业参加境内外展会，帮助企业争取订单，全年组织企业参展5场以上。（责任单位：区商务局）
"""
HEAD = """东海区人民政府关于印发东海区稳增长若干政策的通知
东政发〔2024〕12号

各街道办事处：
东海区人民政府
2025年3月4日

东海区稳增长若干政策
（2025年版）

"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LISTS = {  # how a line begins: Word's number format, what stands around the number, what follows it
    r"([一二三四五六七八九十]+)、": ("chineseCountingThousand", "%1、", "nothing"),
    r"（([一二三四五六七八九十]+)）": ("chineseCounting", "（%1）", "nothing"),
    r"\(([一二三四五六七八九十]+)\)": ("japaneseCounting", "(%1)", "nothing"),
    r"第([一二三四五六七八九十]+)条[ 　]?": ("chineseCountingThousand", "第%1条", "space"),
    r"(\d+)\.(?!\d)": ("decimal", "%1.", "tab"),
}


def lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


# Web pages -----------------------------------------------------------------------------------------------------------

MENU = "".join(
    f'<li><a href="/c{i}">{name}</a></li>' for i, name in enumerate(("首页", "政务公开", "办事服务", "互动交流"))
)
PAGE = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_政策文件_区人民政府门户网站</title><script>var t = "<p>（九）脚本里的条。新增企业999家。</p>";</script>
<style>.hide {{ display: none }}</style></head><body><form method="post"><div class="top"><ul>{menu}</ul></div>
<!-- <p>（十）注释里的条。新增企业888家。</p> -->
<div class="main"><div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 正文</div>
<h1>{title}</h1><div class="info"><span>发布日期：2025-02-20 10:31</span><span>来源：区政府办</span>
<span>浏览次数：<i id="n">1024</i></span><span>字体：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</span>
<a href="#">打印</a> <a href="#">收藏</a></div>{lead}
<div class="text">{body}</div><p style="display: none">（十一）隐藏的条。新增企业777家。</p>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div><p>【打印本页】【关闭窗口】</p>
<ul><li>上一篇：<a href="/1">另一份通知</a></li><li>下一篇：<a href="/2">又一份通知</a></li></ul></div>
<div class="foot"><ul>{menu}</ul><p>主办：区人民政府办公室 版权所有</p><p>网站标识码：0000000000</p></div>
</form></body></html>"""


def page(text, charset="utf-8", lead=""):
    """A saved page: site around it, spans that cut words, &nbsp; before paragraphs, tags of a word processor."""

    def paragraph(line):
        marked = re.sub(r"^(.{1,3}[、）)])", r"<b>\1</b>", html.escape(line))
        cut = len(marked) // 2
        if "&" not in marked and "<" not in marked[cut - 4 :]:
            marked = f"{marked[:cut]}<span lang=EN-US>{marked[cut:]}<o:p></o:p></span>"
        return f'<p style="text-indent:2em">&nbsp;&nbsp;&nbsp;&nbsp;{marked}</p>'

    body = "\n".join(map(paragraph, lines(text)))
    filled = PAGE.format(charset=charset, title=lines(text)[0], menu=MENU, lead=lead, body=body)
    return filled.encode("gb18030" if charset == "gb2312" else charset)


OLD = """<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{title}</TITLE></HEAD>
<BODY><TABLE width=1000><TR><TD colspan=3><A href="/">首页</A> | <A href="/zw">政务</A> | <A href="/bs">办事</A>
</TD></TR><TR><TD width=200><TABLE><TR><TD><A href="/1">通知公告</A></TD></TR>
<TR><TD><A href="/2">政策文件</A></TD></TR></TABLE></TD><TD><TABLE>
<TR><TD align=center><B>{title}</B></TD></TR><TR><TD>发布日期：2025-2-20&nbsp;&nbsp;点击数：12</TD></TR>
<TR><TD><FONT size=3>{body}</FONT></TD></TR></TABLE></TD><TD width=20></TD></TR>
<TR><TD colspan=3>版权所有：区人民政府 技术支持：某公司</TD></TR></TABLE></BODY></HTML>"""


def old_page(text):
    """A page of old: laid out by tables, one cell for the whole text, lines ended by <br>, wrapped by the editor."""

    def wrapped(line):
        pieces = re.findall(r"(?:[!-~]+|.){1,37}", line)
        return "\r\n".join(map(html.escape, pieces))

    body = "<BR>\r\n".join("&nbsp;　　" + wrapped(line) for line in lines(text)[1:])
    return OLD.format(title=lines(text)[0], body=body).encode("gb18030")


# Word files ----------------------------------------------------------------------------------------------------------


def run(text, tag="t"):
    return f'<w:r><w:{tag} xml:space="preserve">{html.escape(text)}</w:{tag}></w:r>'


def paragraph(content, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def boxed(text):
    """A text box as Word writes it: once for itself and once for older programs."""
    box = f"<w:txbxContent>{paragraph(run(text))}</w:txbxContent>"
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{twice}</mc:AlternateContent></w:r>"


def row(*cells, properties=""):
    inner = "".join(f"<w:tc><w:tcPr/>{paragraph(run(cell))}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def changed(line, at):
    """A line with a tracked change in it: what was deleted, and a part that was inserted."""
    if at % 3:
        return run(line)
    cut = len(line) // 2
    return (
        run(line[:cut])
        + f'<w:del w:id="{at}">{run("删去的999家", "delText")}</w:del>'
        + f'<w:moveFrom w:id="1{at}">{run("移走")}</w:moveFrom>'
        + f'<w:ins w:id="2{at}">{run(line[cut:])}</w:ins>'
    )


def word(text, tables=()):
    """A Word file: numbers written by Word, tracked changes, a text box, a table of contents, a table."""
    from policycmp.text.numerals import chinese  # here: `fuzz` imports the package after this module

    nums, kinds, at, parts = [], list(LISTS), {}, []
    for i, line in enumerate(lines(text)):
        kind = next((kind for kind in kinds if re.match(kind, line)), None)
        properties = ""
        if kind:
            found = re.match(kind, line)
            number = int(found[1]) if found[1].isascii() else int(chinese(found[1]))
            if at.get(kind, (0, 0))[1] != number - 1 or kind not in at:
                nums.append((kinds.index(kind), number))
                at[kind] = (len(nums), number)
            at[kind] = (at[kind][0], number)
            properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{at[kind][0]}"/></w:numPr>'
            line = line[found.end() :]
        parts.append(paragraph(changed(line, i), properties))
    parts.insert(1, paragraph(boxed("（此件公开发布）")))
    parts.insert(
        2, paragraph(run("总则") + run("\t3") + run(" PAGEREF _Toc1 ", "instrText"), '<w:pStyle w:val="TOC1"/>')
    )
    parts += [f"<w:tbl>{''.join(rows)}</w:tbl>" for rows in tables]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{gap}"/><w:lvlText w:val="{around}"/></w:lvl></w:abstractNum>'
        for i, (form, around, gap) in enumerate(LISTS.values())
    )
    instances = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{kind}"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for i, (kind, start) in enumerate(nums, 1)
    )
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    return package("".join(parts), abstract + instances, styles)


def package(body, numbering="", styles="", more=(), head=""):
    """A .docx of the given XML; ``more``: other parts by name."""
    schema = "http://schemas.openxmlformats.org/{}/2006/relationships"
    kind = f'Type="{schema.format("officeDocument")}/officeDocument"'
    link = f'<Relationship Id="rId1" {kind} Target="word/document.xml"/>'
    rels = f'<Relationships xmlns="{schema.format("package")}">{link}</Relationships>'
    name = f'xmlns:w="{W}" xmlns:mc="{MC}"'
    parts = {
        "_rels/.rels": rels,
        "word/document.xml": f"{head}<w:document {name}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {name}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {name}>{styles}</w:styles>",
        **dict(more),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


# PDFs ----------------------------------------------------------------------------------------------------------------

WIDTH, SIZE = 30, 14  # characters in a line, points


def pdf(text, *, contents=True, indent=2):
    """A PDF as a word processor prints it: lines of one width, first lines indented, heads, feet, contents.

    Its font is one that every reader of Chinese PDFs has to know by name (STSong-Light), so none is in the file.
    """
    title, sheets = lines(text)[0], printed(text, contents, indent)
    pages = []
    for number, sheet in enumerate(sheets, 1):
        drawn = [(71, 800, f"{title[:12]}　内部资料"), (280, 40, f"— {number} —")]
        drawn += [(71 + inset * SIZE, 765 - i * 27, part) for i, (inset, part) in enumerate(sheet)]
        hexed = [
            (x, y, part.ljust(2).encode("utf-16-be").hex()) for x, y, part in drawn
        ]  # pdfium overlooks one sign alone
        pages.append("\n".join(f"BT /F {SIZE} Tf {x} {y} Td <{part}> Tj ET" for x, y, part in hexed))
    return bound(pages)


def printed(text, contents, indent):
    """The lines of each sheet, with how far each stands in: a table of contents, then the text."""
    title, *rest = lines(text)
    sheets = [[]]
    if contents:
        heads = [line for line in rest if re.match("[一二三四五六七八九十]+、", line)]
        sheets = [[(0, "目  录"), *((0, f"{line[:20]}{'.' * 24} {i + 3}") for i, line in enumerate(heads))], []]
    for line in [title, *rest]:
        for i, part in enumerate(broken(line, indent)):
            if len(sheets[-1]) == 26:
                sheets.append([])
            sheets[-1].append((indent if i == 0 else 0, part))
    return sheets


def bound(pages, encrypt=""):
    """A PDF of these pages' drawing commands, without compression."""
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    font = "/Resources << /Font << /F 3 0 R >> >>"
    own = "/Type /Font /BaseFont /STSong-Light"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 595 842] {font} >>",
        f"<< {own} /Subtype /Type0 /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        f"<< {own} /Subtype /CIDFontType0 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000"
        " /W [1 95 550] >>",
    ]
    for i, page in enumerate(pages):
        parts.append(f"<< /Type /Page /Parent 2 0 R /Contents {6 + 2 * i} 0 R >>")
        parts.append(f"<< /Length {len(page)} >>\nstream\n{page}\nendstream")
    out, places = "%PDF-1.4\n", []
    for i, part in enumerate([*parts, *([encrypt] if encrypt else [])], 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{part}\nendobj\n"
    locked = f"/Encrypt {len(places)} 0 R /ID [<00> <00>]" if encrypt else ""
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {locked} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}{head}{trailer}".encode("ascii")


def broken(line, indent):
    """The lines into which a paragraph is broken: no mark begins one, no number of Latin letters is parted."""
    pieces = re.findall(r"[(（“《〈〔【]*(?:[!-~]+|.)[，。、；：）)”》〉〕】！？]*", line)
    out, room = [""], WIDTH - indent
    for piece in pieces:
        width = sum(0.55 if c.isascii() else 1 for c in piece)
        if width > room and out[-1]:
            out.append("")
            room = WIDTH
        out[-1] += piece
        room -= width
    return out


# OFD files -----------------------------------------------------------------------------------------------------------

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
EM = 5  # millimetres


def ofd(text, *, contents=True, indent=2, more=()):
    """An OFD file of the same pages, each line a text object; ``more``: other parts by name."""
    pages = []
    for number, sheet in enumerate(printed(text, contents, indent), 1):
        drawn = [(25, 15, f"{lines(text)[0][:12]}　内部资料"), (100, 285, f"— {number} —")]
        drawn += [(25 + inset * EM, 27 + i * 9.5, part) for i, (inset, part) in enumerate(sheet)]
        pages.append("".join(itertools.starmap(ofd_line, drawn)))
    return ofd_package(pages, more)


def ofd_line(x, y, text):
    """A line as a word processor writes it: its box, and the steps from one character to the next."""
    steps = " ".join(f"{EM * 0.55 if char.isascii() else EM:g}" for char in text[:-1])
    code = f'<ofd:TextCode X="0" Y="{EM * 0.86}" DeltaX="{steps}">{html.escape(text)}</ofd:TextCode>'
    box = f'Boundary="{x} {y} {EM * len(text)} {EM}"'
    return f'<ofd:TextObject ID="1" {box} Font="1" Size="{EM}">{code}</ofd:TextObject>'


def ofd_package(pages, more=(), head=""):
    """An OFD file of these pages' objects."""
    area = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    parts = {
        "OFD.xml": f"{head}<ofd:OFD {OFD}>{root}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for i, page in enumerate(pages):
        content = f"<ofd:Content><ofd:Layer ID='2'>{page}</ofd:Layer></ofd:Content>"
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = f"<ofd:Page {OFD}>{area}{content}</ofd:Page>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in {**parts, **dict(more)}.items():
            archive.writestr(path, content)
    return out.getvalue()
