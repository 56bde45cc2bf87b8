"""A message as bytes → sender, text and attachments, in every disorder that mail programs and people make."""

import base64
from email.message import EmailMessage
from unicodedata import normalize

import pytest

from pipelines.mail.messages import MessageError, read_message

BOOK = b"PK\x03\x04 a workbook"
FROM = b"From: Ubnd <vanphong@canloc.vn>\r\nSubject: Bao cao\r\nMIME-Version: 1.0\r\n"


def attached(header: bytes, content: bytes = BOOK) -> bytes:
    """A message whose one attachment has these headers."""
    return (
        FROM
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nKinh gui\r\n--b\r\n'
        + header
        + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(content)
        + b"\r\n--b--\r\n"
    )


XLSX = b"Content-Type: application/octet-stream"
DISPOSITION = b"\r\nContent-Disposition: attachment; "


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (XLSX + DISPOSITION + b'filename="bao cao.xlsx"', "bao cao.xlsx"),
        (XLSX + b'; name="bao cao.xlsx"', "bao cao.xlsx"),
        (XLSX + DISPOSITION + b"filename*=UTF-8''b%C3%A1o%20c%C3%A1o.xlsx", "báo cáo.xlsx"),
        (XLSX + DISPOSITION + b"filename*0*=UTF-8''b%C3%A1o;\r\n filename*1*=%20c%C3%A1o;\r\n filename*2=.xlsx", "báo cáo.xlsx"),
        (XLSX + DISPOSITION + b'filename="=?UTF-8?B?YsOhbyBjw6FvLnhsc3g=?="', "báo cáo.xlsx"),
        (XLSX + DISPOSITION + b'filename="=?UTF-8?Q?b=C3=A1o?=\r\n =?UTF-8?Q?_c=C3=A1o.xlsx?="', "báo cáo.xlsx"),
        (XLSX + b'; name="=?utf-8?q?b=C3=A1o_c=C3=A1o.xlsx?="', "báo cáo.xlsx"),
        (XLSX + DISPOSITION + 'filename="báo cáo.xlsx"'.encode(), "báo cáo.xlsx"),
        (XLSX + DISPOSITION + f'filename="{normalize("NFD", "báo cáo")}.xlsx"'.encode(), "báo cáo.xlsx"),
        (XLSX + DISPOSITION + b'filename="b\xb8o c\xb8o th\xb8ng 7.xls"', "báo cáo tháng 7.xls"),  # TCVN3
        (XLSX + DISPOSITION + b'filename="=?x-unknown?B?YmFvLnhsc3g=?="', "bao.xlsx"),
        (XLSX + DISPOSITION + b'filename="=?UTF-8?B?YsOhb"', "=?UTF-8?B?YsOhb"),
        (XLSX + DISPOSITION + b'filename="bao\x00 \x1bcao.xlsx"', "bao cao.xlsx"),
        (b"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "tep-dinh-kem.xlsx"),
        (XLSX + DISPOSITION.rstrip(b"; "), "tep-dinh-kem"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_is_what_its_sender_called_it(header: bytes, name: str) -> None:
    (attachment,) = read_message(attached(header)).attachments
    assert (attachment.name, attachment.content) == (name, BOOK)


def mail(text: str = "Kính gửi Văn phòng", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Nguyễn Văn An <An@CanLoc.vn>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def with_book(message: EmailMessage, name: str = "a.xlsx") -> EmailMessage:
    message.add_attachment(BOOK, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_a_message_says_from_whom_about_what_and_what_it_answers() -> None:
    message = read_message(
        mail(
            Subject="Báo cáo tháng 7",
            Message_ID="<2@canloc.vn>",
            In_Reply_To="<1@ntm.vn>",
            References="<0@ntm.vn> <1@ntm.vn>",
        ).as_bytes()
    )
    assert message.addresses == ("an@canloc.vn",)
    assert (message.subject, message.message_id, message.answers) == (
        "Báo cáo tháng 7",
        "<2@canloc.vn>",
        ("<1@ntm.vn>", "<0@ntm.vn>"),
    )
    assert (message.text, message.attachments, message.is_automatic) == ("Kính gửi Văn phòng", (), False)


def test_what_is_in_a_mail_in_a_mail_is_attached() -> None:
    outer = mail()
    outer.add_attachment(with_book(mail("Chuyển tiếp"), "trong.xlsx"))
    assert [each.name for each in read_message(outer.as_bytes()).attachments] == ["trong.xlsx"]


def test_a_picture_in_the_text_and_a_signature_are_not_attachments() -> None:
    message = mail()
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo>")
    message.make_mixed()
    message.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="quét.gif")
    message.add_attachment(b"signed", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert [each.name for each in read_message(message.as_bytes()).attachments] == ["quét.gif"]


def tnef(name: bytes, content: bytes) -> bytes:
    """A winmail.dat with one file: signature, key, and attributes (MS-OXTNEF 2.1.3)."""

    def attribute(level: int, kind: int, data: bytes) -> bytes:
        check = sum(data) % 65536
        return (
            bytes([level])
            + kind.to_bytes(4, "little")
            + len(data).to_bytes(4, "little")
            + data
            + check.to_bytes(2, "little")
        )

    begins = attribute(2, 0x00069002, b"\x01\x00" + bytes(12))
    return (
        b"\x78\x9f\x3e\x22\x01\x00"
        + attribute(1, 0x00089006, b"\x00\x00\x01\x00")
        + begins
        + attribute(2, 0x00018010, name + b"\0")
        + attribute(2, 0x0006800F, content)
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [(tnef(b"bao cao.xls", BOOK), ("bao cao.xls", BOOK)), (b"no TNEF", ("winmail.dat", b"no TNEF"))],
    ids=["whole", "damaged"],
)
def test_a_winmail_dat_is_the_files_in_it(content: bytes, expected: tuple[str, bytes]) -> None:
    message = mail()
    message.add_attachment(content, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert [(each.name, each.content) for each in read_message(message.as_bytes()).attachments] == [expected]


@pytest.mark.parametrize(
    ("headers", "is_automatic"),
    [
        ({"Auto_Submitted": "auto-replied (vacation)"}, True),
        ({"Auto_Submitted": "no"}, False),
        ({"Return_Path": "<>"}, True),
        ({"Precedence": "auto_reply"}, True),
        ({"Precedence": "bulk"}, False),
        ({"X_Autoreply": "yes"}, True),
        ({}, False),
    ],
)
def test_what_no_person_wrote_is_told(headers: dict[str, str], is_automatic: bool) -> None:
    assert read_message(mail(**headers).as_bytes()).is_automatic == is_automatic


def test_a_bounce_is_automatic_and_returns_no_workbook() -> None:
    bounce = (
        b"From: MAILER-DAEMON@canloc.vn\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
        b"--r\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n\r\n--r--\r\n"
    )
    message = read_message(bounce)
    assert (message.is_automatic, message.attachments) == (True, ())


@pytest.mark.parametrize(
    ("text", "is_reply", "withdraws"),
    [
        ("Thu hồi", True, True),
        ("  THU HỒI báo cáo gửi hôm qua", True, True),
        ("thu hoi bao cao", True, True),
        ("Thu hồi", False, False),
        ("Đề nghị cho thu hồi", True, False),
    ],
)
def test_a_reply_that_begins_with_thu_hoi_withdraws(text: str, is_reply: bool, withdraws: bool) -> None:
    headers = {"In_Reply_To": "<1@canloc.vn>"} if is_reply else {}
    assert read_message(mail(text, **headers).as_bytes()).withdraws == withdraws


def test_html_alone_is_read_without_its_tags() -> None:
    message = EmailMessage()
    message["From"] = "an@canloc.vn"
    message.set_content("<style>p {color: red}</style><p>Gửi b&aacute;o cáo<br>tháng 7</p>", subtype="html")
    assert read_message(message.as_bytes()).text == "Gửi báo cáo tháng 7"


@pytest.mark.parametrize(
    "quoted",
    [
        "> Kính gửi: UBND huyện Can Lộc",
        "Vào Th 3, 4 thg 8, 2015 vào lúc 08:05 <vanphong@ntm.vn> đã viết:\n> Kính gửi",
        "On Tue, 4 Aug 2015 at 08:05, Văn phòng Điều phối\n<vanphong@ntm.vn> wrote:\nKính gửi",
        "-----Original Message-----\nFrom: vanphong@ntm.vn",
        "Từ: Văn phòng Điều phối\nNgày: 04/08/2015",
    ],
)
def test_what_a_message_says_in_words_is_without_what_it_quotes(quoted: str) -> None:
    message = read_message(mail(f"Do huyện nhập thiếu 2 xã.\nTừ nay xin gửi đủ.\n\n{quoted}").as_bytes())
    assert message.note == "Do huyện nhập thiếu 2 xã. Từ nay xin gửi đủ."
    assert read_message(mail(quoted).as_bytes()).note != "", "below what it quotes, all of it"


def test_a_line_that_begins_as_a_header_is_no_quotation() -> None:
    text = "Đã rà soát hai đợt.\nTừ: 01/6 đến 15/6, và\nsau đó 30/6"
    assert read_message(mail(text).as_bytes()).note == " ".join(text.split())


def test_the_words_of_html_alone_end_where_it_quotes() -> None:
    message = EmailMessage()
    message.set_content(
        "<div>Do nhập thiếu.</div><blockquote>Kính gửi</blockquote><div>Vào 4/8/2015 lúc 8:05 VP đã viết:</div>",
        subtype="html",
    )
    assert read_message(message.as_bytes()).note == "Do nhập thiếu. Kính gửi"


def test_a_link_to_a_file_elsewhere_is_told() -> None:
    assert read_message(mail("Tải tại https://drive.google.com/file/d/1").as_bytes()).has_link
    assert not read_message(mail("Xem https://hatinh.gov.vn").as_bytes()).has_link


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        FROM + b"Content-Type: multipart/mixed\r\n\r\n--x\r\n",
        attached(XLSX + DISPOSITION + b"filename*=x''%ff"),
        attached(XLSX + DISPOSITION + b"filename*99*=UTF-8''a"),
        FROM + b"Content-Type: text/plain; charset=no-such\r\n\r\nx",
        FROM + b"Content-Type: message/rfc822\r\n\r\n" * 50,
        b"From: =?utf-8?b?/w=\r\n\r\n",
    ],
)
def test_malformed_messages_are_read_or_refused_and_never_crash(content: bytes) -> None:
    try:
        message = read_message(content)
    except MessageError:
        return
    assert isinstance(message.text, str)


def test_mails_in_mails_without_end_are_cut() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(50))
    assert read_message(FROM + deep + b"Content-Type: application/zip\r\n\r\nPK").attachments == ()


def test_what_no_library_can_take_apart_is_refused() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    with pytest.raises(MessageError, match="recursion"):
        read_message(FROM + deep)
