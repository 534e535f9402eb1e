// SPDX-License-Identifier: GPL-3.0-or-later
// A scan for tags instead of an XML parser: its time and memory are bounded whatever the nesting and the attributes are.
#include "app/study/picture_experiment.h"
#include "app/study/picture_kinds.h"
#include "core/brief_text.h"
#include "core/error.h"

#include <QXmlStreamReader>

#include <algorithm>

namespace ratescope {

namespace {

constexpr QByteArrayView space("https://ratescope.org/ns/1");
constexpr qsizetype mostMarkup = pictures::mostText * 3 / 2; // of the experiment with its escapes
constexpr qsizetype mostName = 100;
constexpr std::size_t mostOfReason = 200; // the parser's, who repeats names

[[noreturn]] void failDamaged(const std::string& what) { throw Error("is a damaged SVG: " + what); }

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Something in angle brackets.
struct Tag {
    enum class Kind { Open, Close, Empty, Other } kind = Kind::Other; ///< Other: a comment, CDATA, a declaration
    qsizetype begin = 0;
    qsizetype end = 0; ///< behind the bracket
    QByteArrayView prefix;
    QByteArrayView name; ///< without the prefix

    bool starts(const char* wanted) const {
        return (kind == Kind::Open || kind == Kind::Empty) && name == QByteArrayView(wanted);
    }
};

/// Goes through a document from tag to tag.
class TagScanner {
public:
    explicit TagScanner(QByteArrayView bytes)
        : m_bytes(bytes) {}

    /// The next tag; none at the end of the document. Throws for one that does not end.
    std::optional<Tag> next() {
        Tag tag;
        tag.begin = m_bytes.indexOf('<', m_position);
        if (tag.begin < 0) return std::nullopt;
        const QByteArrayView rest = m_bytes.sliced(tag.begin);
        if (rest.startsWith("<!--"))
            tag.end = behind("-->", tag.begin + 4);
        else if (rest.startsWith("<![CDATA["))
            tag.end = behind("]]>", tag.begin + 9);
        else if (rest.startsWith("<?"))
            tag.end = behind("?>", tag.begin + 2);
        else
            readTag(tag);
        m_position = tag.end;
        return tag;
    }

private:
    [[noreturn]] void failOpen(qsizetype begin) const {
        failDamaged("what begins at byte " + std::to_string(begin) + " has no end");
    }

    qsizetype behind(QByteArrayView mark, qsizetype from) const {
        const qsizetype found = m_bytes.indexOf(mark, from);
        if (found < 0) failOpen(from);
        return found + mark.size();
    }

    void readTag(Tag& tag) const {
        tag.end = endOfTag(tag.begin);
        if (m_bytes[tag.begin + 1] == '!') return; // a document type
        const bool closes = m_bytes[tag.begin + 1] == '/';
        tag.kind = closes ? Tag::Kind::Close : m_bytes[tag.end - 2] == '/' ? Tag::Kind::Empty : Tag::Kind::Open;
        const qsizetype begin = tag.begin + (closes ? 2 : 1);
        qsizetype end = begin;
        while (end < tag.end - 1 && !isSpace(m_bytes[end]) && m_bytes[end] != '/') ++end;
        if (end == begin) failDamaged("the bracket at byte " + std::to_string(tag.begin) + " begins no tag");
        const QByteArrayView name = m_bytes.sliced(begin, end - begin);
        const qsizetype colon = name.first(std::min(name.size(), mostName)).indexOf(':');
        tag.prefix = name.first(std::max<qsizetype>(colon, 0));
        tag.name = name.sliced(colon + 1);
    }

    /// Brackets in quotes and in a document type's own list are none of the tag's.
    qsizetype endOfTag(qsizetype begin) const {
        char quote = 0;
        bool inList = false;
        for (qsizetype i = begin + 1; i < m_bytes.size(); ++i) {
            const char c = m_bytes[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[' || c == ']') {
                inList = c == '[';
            } else if (c == '>' && !inList) {
                return i + 1;
            }
        }
        failOpen(begin);
    }

    QByteArrayView m_bytes;
    qsizetype m_position = 0;
};

/// The prefix that a tag declares for our namespace; programs that write the file anew may rename it or move it up.
std::optional<QByteArrayView> declaredPrefix(QByteArrayView tag) {
    const qsizetype found = tag.indexOf(space);
    if (found < 2) return std::nullopt;
    const QByteArrayView before = tag.first(found - 1); // without the quote
    constexpr QByteArrayView declaration("xmlns");
    const qsizetype begin = before.lastIndexOf(declaration);
    if (begin < 0) return std::nullopt;
    QByteArrayView name = before.sliced(begin + declaration.size()).trimmed();
    if (!name.endsWith('=') || name.size() > mostName) return std::nullopt;
    name = name.chopped(1).trimmed();
    return name.startsWith(':') ? name.sliced(1) : name;
}

/// What the markup between the experiment's tags says. It has no tags, so the parser nests nothing.
QString textOf(QByteArrayView markup) {
    if (markup.size() > mostMarkup) pictures::failTooLong();
    QByteArray document;
    document.reserve(markup.size() + 16);
    document.append("<text>").append(markup.data(), markup.size()).append("</text>");
    QXmlStreamReader reader(document);
    reader.readNextStartElement();
    QString text = reader.readElementText();
    if (reader.hasError()) failDamaged("the experiment in it is not XML text: " + briefText(reader.errorString().toStdString(), mostOfReason));
    if (text.size() > pictures::mostText) pictures::failTooLong();
    return text;
}

void appendEscaped(QByteArray& out, const QString& text) {
    out.reserve(out.size() + text.size() + text.size() / 8);
    qsizetype done = 0;
    const auto replace = [&](qsizetype i, const QByteArray& with) {
        out += QStringView(text).sliced(done, i - done).toUtf8() + with;
        done = i + 1;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (c == '&') replace(i, "&amp;");
        else if (c == '<') replace(i, "&lt;");
        else if (c == '>') replace(i, "&gt;");
        else if (c == '\r') replace(i, "&#13;"); // a bare one would be read as \n
        else if ((c < 0x20 && c != '\t' && c != '\n') || c >= 0xFFFE)
            replace(i, "\\u" + QByteArray::number(c, 16).rightJustified(4, '0'));
    }
    out += QStringView(text).sliced(done).toUtf8();
}

/// Where the metadata goes in: behind the title and the description, which come first by the standard.
qsizetype endOfDescription(TagScanner& scanner, qsizetype position) {
    for (;;) {
        const std::optional<Tag> tag = scanner.next();
        if (!tag) failDamaged("it is cut short");
        if (tag->kind == Tag::Kind::Other) continue;
        if (!tag->starts("title") && !tag->starts("desc")) return position;
        position = tag->end;
        for (int depth = tag->kind == Tag::Kind::Open; depth > 0;) {
            const std::optional<Tag> inner = scanner.next();
            if (!inner) failDamaged("it is cut short");
            depth += int(inner->kind == Tag::Kind::Open) - int(inner->kind == Tag::Kind::Close);
            position = inner->end;
        }
    }
}

} // namespace

bool pictures::isSvg(const QByteArray& bytes) {
    QByteArrayView head = QByteArrayView(bytes).first(std::min<qsizetype>(bytes.size(), 1024));
    if (head.startsWith("\xEF\xBB\xBF")) head = head.sliced(3);
    if (!head.trimmed().startsWith('<')) return false;
    try {
        TagScanner scanner(head);
        for (std::optional<Tag> tag = scanner.next(); tag; tag = scanner.next())
            if (tag->kind != Tag::Kind::Other) return tag->starts("svg");
    } catch (const Error&) { // a tag that goes beyond the first KiB, or none at all
        static constexpr QByteArrayView starts[] = {"<svg ", "<svg\n", "<svg\r", "<svg\t", "<svg:svg"};
        const QByteArrayView last = head.sliced(std::max<qsizetype>(head.lastIndexOf("<svg"), 0));
        return std::ranges::any_of(starts, [&](QByteArrayView start) { return last.startsWith(start); });
    }
    return false;
}

std::optional<QString> pictures::experimentInSvg(const QByteArray& svg) {
    std::optional<QString> experiment;
    QByteArrayView prefix("ratescope");
    qint64 depth = 0;
    bool hasRoot = false;
    qsizetype begin = -1; // of what is between the experiment's tags
    TagScanner scanner(svg);
    for (std::optional<Tag> tag = scanner.next(); tag; tag = scanner.next()) {
        if (tag->kind == Tag::Kind::Other) continue;
        if (begin >= 0) {
            if (tag->kind != Tag::Kind::Close) failDamaged("there are tags inside the experiment");
            experiment = textOf(QByteArrayView(svg).sliced(begin, tag->begin - begin));
            begin = -1;
        }
        if (tag->kind == Tag::Kind::Close) {
            if (--depth < 0) failDamaged("the tag at byte " + std::to_string(tag->begin) + " closes what is not open");
            continue;
        }
        if (const auto declared = declaredPrefix(QByteArrayView(svg).sliced(tag->begin, tag->end - tag->begin)))
            prefix = *declared;
        hasRoot = true;
        if (tag->kind == Tag::Kind::Empty) continue;
        ++depth;
        if (!experiment && tag->name == QByteArrayView("experiment") && tag->prefix == prefix) begin = tag->end;
    }
    if (depth > 0 || !hasRoot) failDamaged("it is cut short");
    return experiment;
}

QByteArray embedInSvg(const QByteArray& svg, const QString& experiment) {
    TagScanner scanner(svg);
    std::optional<Tag> root = scanner.next();
    while (root && root->kind == Tag::Kind::Other) root = scanner.next();
    if (!root || !root->starts("svg")) throw Error("is not an SVG");
    // The element's own name, with the prefix that the picture has for its namespace.
    const QByteArray prefix = root->prefix.isEmpty() ? QByteArray() : root->prefix.toByteArray() + ':';
    QByteArray metadata = "\n<" + prefix + "metadata><ratescope:experiment xmlns:ratescope=\"" + space.toByteArray() + "\">";
    appendEscaped(metadata, experiment);
    metadata += "</ratescope:experiment></" + prefix + "metadata>";
    if (root->kind == Tag::Kind::Open) return QByteArray(svg).insert(endOfDescription(scanner, root->end), metadata);
    const qsizetype slash = root->end - 2;
    return svg.first(slash) + '>' + metadata + "</" + prefix + "svg>" + svg.sliced(root->end);
}

} // namespace ratescope
