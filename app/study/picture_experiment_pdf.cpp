// SPDX-License-Identifier: GPL-3.0-or-later
// PDF 1.7 (ISO 32000-1), 7.3.4 String objects, 7.5.6 Incremental updates, 14.3.3 Document information dictionary.
#include "app/study/picture_experiment.h"
#include "app/study/picture_kinds.h"
#include "core/error.h"

#include <QStringDecoder>

#include <algorithm>

namespace ratescope {

namespace {

constexpr QByteArrayView key("/RatescopeExperiment");
constexpr qsizetype tailSize = 4096; // some programs add lines behind the end

[[noreturn]] void failDamaged(const std::string& what) { throw Error("is a damaged PDF: " + what); }
[[noreturn]] void failForeign(const std::string& what) { throw Error("is not a PDF as QPdfWriter writes it: " + what); }

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\0'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Reads forward through a PDF's text; never beyond its end.
class Cursor {
public:
    Cursor(QByteArrayView bytes, qsizetype position)
        : m_bytes(bytes)
        , m_position(std::clamp<qsizetype>(position, 0, bytes.size())) {}

    qsizetype position() const { return m_position; }
    bool atEnd() const { return m_position == m_bytes.size(); }
    char peek() const { return atEnd() ? '\0' : m_bytes[m_position]; }
    char take() { return atEnd() ? '\0' : m_bytes[m_position++]; }
    void skipSpace() { while (!atEnd() && isSpace(peek())) ++m_position; }
    bool skip(QByteArrayView text) {
        if (!m_bytes.sliced(m_position).startsWith(text)) return false;
        m_position += text.size();
        return true;
    }
    /// A whole number below 10^15, such as an offset; none if there is no digit.
    std::optional<qint64> number() {
        skipSpace();
        if (!isDigit(peek())) return std::nullopt;
        qint64 value = 0;
        for (int digits = 0; isDigit(peek()) && digits < 15; ++digits) value = value * 10 + (take() - '0');
        return value;
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_position;
};

int hexDigit(char c) {
    if (isDigit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// 16-bit characters and a few marks of byte order.
void checkSize(const QByteArray& string) {
    if (string.size() > 2 * pictures::mostText + 16) pictures::failTooLong();
}

/// Behind the opening bracket of <48656C6C6F>.
QByteArray hexString(Cursor& cursor) {
    QByteArray string;
    int high = -1;
    while (!cursor.atEnd()) {
        const char c = cursor.take();
        if (c == '>') {
            if (high >= 0) string += static_cast<char>(high << 4); // the standard's rule for an odd digit
            return string;
        }
        if (isSpace(c)) continue;
        const int digit = hexDigit(c);
        if (digit < 0)
            failDamaged("the experiment's text has a digit that is none, before byte " + std::to_string(cursor.position()));
        if (high >= 0) {
            string += static_cast<char>(high << 4 | digit);
            checkSize(string);
        }
        high = high >= 0 ? -1 : digit;
    }
    failDamaged("the experiment in it is cut short");
}

/// Behind a backslash.
void appendEscape(QByteArray& string, Cursor& cursor) {
    const char c = cursor.take();
    switch (c) {
    case 'n': string += '\n'; return;
    case 'r': string += '\r'; return;
    case 't': string += '\t'; return;
    case 'b': string += '\b'; return;
    case 'f': string += '\f'; return;
    case '\r': cursor.skip("\n"); return; // a line that goes on
    case '\n': return;
    default: break;
    }
    if (c < '0' || c > '7') {
        string += c;
        return;
    }
    int octal = c - '0';
    for (int digits = 1; digits < 3 && cursor.peek() >= '0' && cursor.peek() <= '7'; ++digits)
        octal = octal * 8 + (cursor.take() - '0');
    string += static_cast<char>(octal & 0xFF);
}

/// Behind the opening bracket of (Hello \(world\)).
QByteArray literalString(Cursor& cursor) {
    QByteArray string;
    for (qsizetype depth = 1; !cursor.atEnd();) {
        const char c = cursor.take();
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) return string;
        if (c == '\\')
            appendEscape(string, cursor);
        else
            string += c;
        checkSize(string);
    }
    failDamaged("the experiment in it is cut short");
}

/// Text strings are UTF-16 or, since PDF 2.0, UTF-8; otherwise Latin-1 is close enough to the PDF's own encoding.
QString textOf(const QByteArray& string) {
    if (string.startsWith("\xEF\xBB\xBF")) return pictures::textFromUtf8(QByteArrayView(string).sliced(3));
    const bool isBig = string.startsWith("\xFE\xFF");
    if (!isBig && !string.startsWith("\xFF\xFE")) {
        if (string.size() > pictures::mostText) pictures::failTooLong();
        return QString::fromLatin1(string);
    }
    QStringDecoder decoder(isBig ? QStringDecoder::Utf16BE : QStringDecoder::Utf16LE, QStringDecoder::Flag::Stateless);
    QString text = decoder(QByteArrayView(string).sliced(2));
    if (!text.isValidUtf16() || string.size() % 2 != 0) failDamaged("the experiment in it is not UTF-16");
    if (text.size() > pictures::mostText) pictures::failTooLong();
    return text;
}

QByteArray hexText(const QString& text) {
    QByteArray bytes("\xFE\xFF");
    bytes.reserve(2 + 2 * text.size());
    for (const QChar c : text)
        bytes.append(static_cast<char>(c.unicode() >> 8)).append(static_cast<char>(c.unicode() & 0xFF));
    return '<' + bytes.toHex() + '>';
}

/// What the end of the file says.
struct Trailer {
    qsizetype table = 0; ///< where the cross-reference table starts
    qint64 size = 0;     ///< objects, by number
    QByteArray root;     ///< "2 0 R"
    QByteArray id;       ///< with its brackets; empty: none
    std::optional<qint64> info;
};

Trailer readTrailer(const QByteArray& pdf) {
    const qsizetype start = pdf.lastIndexOf("startxref");
    if (start < 0) failForeign("it has no startxref");
    Trailer trailer;
    trailer.table = Cursor(pdf, start + 9).number().value_or(-1);
    const qsizetype begin = pdf.lastIndexOf("trailer", start);
    if (begin < 0 || trailer.table < 0 || trailer.table > begin || !Cursor(pdf, trailer.table).skip("xref"))
        failForeign("it has no cross-reference table in plain text");
    const QByteArray text = pdf.sliced(begin, start - begin);
    const auto after = [&](QByteArrayView name) {
        const qsizetype found = text.indexOf(name);
        return Cursor(text, found < 0 ? text.size() : found + name.size());
    };
    if (text.contains("/Encrypt")) failForeign("it is encrypted");
    trailer.size = after("/Size").number().value_or(0);
    trailer.info = after("/Info").number();
    Cursor root = after("/Root");
    const auto object = root.number();
    const auto generation = root.number();
    if (trailer.size < 1 || trailer.size > pdf.size() || !object || !generation)
        failForeign("its trailer has no /Size or /Root");
    trailer.root = QByteArray::number(*object) + ' ' + QByteArray::number(*generation) + " R";
    if (const qsizetype id = text.indexOf("/ID"); id >= 0) {
        const qsizetype open = text.indexOf('[', id);
        const qsizetype close = text.indexOf(']', id);
        if (open < 0 || close < open) failForeign("its /ID is no list");
        trailer.id = text.sliced(open, close + 1 - open);
    }
    return trailer;
}

/// Where an object is, by the last table; an earlier one is not asked.
std::optional<qsizetype> objectOffset(const QByteArray& pdf, const Trailer& trailer, qint64 object) {
    Cursor cursor(pdf, trailer.table);
    cursor.skip("xref");
    for (;;) {
        const auto first = cursor.number();
        const auto count = cursor.number();
        if (!first || !count) return std::nullopt;
        cursor.skipSpace();
        constexpr qsizetype entry = 20;
        if (*count > (pdf.size() - cursor.position()) / entry) failForeign("its cross-reference table is too short");
        if (object >= *first && object - *first < *count)
            return Cursor(pdf, cursor.position() + (object - *first) * entry).number();
        cursor = Cursor(pdf, cursor.position() + *count * entry);
    }
}

/// The same figure is the same file, whenever it was written. Spaces keep every offset as it is.
void blankCreationTime(QByteArray& pdf, const Trailer& trailer) {
    if (!trailer.info) return;
    const auto begin = objectOffset(pdf, trailer, *trailer.info);
    if (!begin) return;
    const qsizetype end = pdf.indexOf("endobj", *begin);
    const qsizetype date = pdf.indexOf("/CreationDate", *begin);
    const qsizetype close = pdf.indexOf(')', date);
    if (end < 0 || date < 0 || date > end || close < 0 || close > end) return;
    std::fill(pdf.begin() + date, pdf.begin() + close + 1, ' ');
}

} // namespace

bool pictures::isPdf(const QByteArray& head) { return head.startsWith("%PDF-"); }

std::optional<QString> pictures::experimentInPdf(const QByteArray& pdf) {
    const qsizetype end = pdf.lastIndexOf("%%EOF");
    if (end < pdf.size() - tailSize || end < 0) failDamaged("it is cut short");
    // What is updated is appended, so the last is what holds.
    for (qsizetype found = pdf.lastIndexOf(key); found >= 0; found = found > 0 ? pdf.lastIndexOf(key, found - 1) : -1) {
        Cursor cursor(pdf, found + key.size());
        cursor.skipSpace();
        const bool isLiteral = cursor.skip("(");
        const bool isHex = !isLiteral && cursor.skip("<") && cursor.peek() != '<';
        if (!isLiteral && !isHex) continue; // another key that begins like it, for instance
        const QString text = textOf(isLiteral ? literalString(cursor) : hexString(cursor));
        if (end < cursor.position()) failDamaged("it is cut short"); // the end of what was there before
        return text;
    }
    return std::nullopt;
}

QByteArray embedInPdf(const QByteArray& pdf, const QString& title, const QString& experiment) {
    if (!pictures::isPdf(pdf)) throw Error("is not a PDF");
    const Trailer trailer = readTrailer(pdf);
    const QString text = QString::fromUtf8(experiment.toUtf8()); // as the other pictures have it where it is no Unicode
    QByteArray result = pdf;
    blankCreationTime(result, trailer);
    if (!result.endsWith('\n')) result += '\n';

    const QByteArray number = QByteArray::number(trailer.size);
    const qsizetype info = result.size();
    result += number + " 0 obj\n<<\n";
    if (!title.isEmpty()) result += "/Title " + hexText(title) + '\n';
    result += "/Creator " + hexText(QStringLiteral("Ratescope")) + '\n';
    result += "/Producer " + hexText(QStringLiteral("Qt ") + QLatin1String(qVersion())) + '\n';
    result += key.toByteArray() + ' ' + hexText(text) + "\n>>\nendobj\n";

    const qsizetype table = result.size();
    result += "xref\n" + number + " 1\n" + QByteArray::number(info).rightJustified(10, '0') + " 00000 n \n";
    result += "trailer\n<<\n/Size " + QByteArray::number(trailer.size + 1) + "\n/Root " + trailer.root + "\n/Info " +
              number + " 0 R\n";
    if (!trailer.id.isEmpty()) result += "/ID " + trailer.id + '\n';
    result += "/Prev " + QByteArray::number(trailer.table) + "\n>>\nstartxref\n" + QByteArray::number(table) + "\n%%EOF\n";
    return result;
}

} // namespace ratescope
