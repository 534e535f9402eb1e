// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself and files that are hostile, huge or no files at all: it says what is wrong and where, ends with 3, and
// takes neither long nor much memory.
#include "tests/app/event_bytes.h"
#include "tests/app/program.h"
#include "tests/this_build.h"

#include <QTest>

#include <sqlite3.h>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace ratescope;
namespace fs = std::filesystem;

namespace {

constexpr long mostMegabytes = 300;
const rlim_t mostSeconds = isSanitized ? 60 : 10; // of the processor: far beyond the promise, for machines differ

/// A text many times. It is written piece by piece, for what this program once had in memory counts as a child's.
struct Repeated {
    std::string_view text;
    std::size_t count = 0;
};

void writeRepeated(const fs::path& path, std::string_view head, Repeated middle, std::string_view tail) {
    constexpr std::size_t atOnce = 1000;
    std::string piece;
    for (std::size_t i = 0; i < atOnce; ++i) piece += middle.text;
    std::ofstream file(path, std::ios::binary);
    file << head;
    for (std::size_t i = 0; i < middle.count / atOnce; ++i) file << piece;
    file << tail;
    QVERIFY2(file.flush(), path.c_str());
}

void appendWord(std::string& to, std::uint64_t word) {
    for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>(word >> shift);
}

/// A chunk of a PNG.
std::string chunk(std::string_view body) {
    std::string bytes;
    appendWord(bytes, body.size() - 4);
    bytes += body;
    appendWord(bytes, crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
    return bytes;
}

/// A PNG whose text has that many MiB once it is inflated.
std::string pictureBomb(int megabytes) {
    z_stream stream{};
    deflateInit(&stream, Z_BEST_SPEED);
    std::string zeros(1 << 20, '\0');
    std::string packed;
    for (int i = 0; i <= megabytes; ++i) {
        std::string out(1 << 16, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
        stream.avail_in = i < megabytes ? static_cast<uInt>(zeros.size()) : 0;
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        deflate(&stream, i < megabytes ? Z_NO_FLUSH : Z_FINISH);
        packed += out.substr(0, out.size() - stream.avail_out);
    }
    deflateEnd(&stream);
    return "\x89PNG\r\n\x1A\n" + chunk(std::string("zTXtratescope-experiment") + '\0' + '\0' + packed) + chunk("IEND");
}

/// Four files of which the training images promise what `images` does not hold.
void writeData(const TestFolder& folder, const char* name, const Bytes& images, bool packed) {
    writeTinyData(folder, name);
    fs::remove(folder.path(std::string(name) + "/train-images-idx3-ubyte"));
    folder.write(std::string(name) + "/train-images-idx3-ubyte" + (packed ? ".gz" : ""), packed ? gzipped(images) : images);
}

} // namespace

class TestBadInput : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refuses_data();
    void refuses();
    void readsNothingElse_data();
    void readsNothingElse();

private:
    /// Rows for the commands that take files of the kind.
    void rows(const char* name, const QStringList& commands, const char* part);
    void study(const char* name, const char* sql);
    std::string file(const char* name) const { return m_folder.path(name).string(); }

    Program m_program;
    TestFolder m_folder;
};

void TestBadInput::initTestCase() {
    const auto text = [&](const char* name, const std::string& content) { writeText(m_folder.path(name), content); };
    const auto repeat = [&](const char* name, std::string_view head, Repeated middle, std::string_view tail) {
        writeRepeated(m_folder.path(name), head, middle, tail);
    };
    repeat("deep.json", "", {"[", 1'000'000}, "");
    repeat("deep objects.json", "", {"{\"a\":", 700'000}, "");
    repeat("long.json", "{\"ratescope\":1,\"title\":\"", {"x", 100'000'000}, "\"}");
    repeat("lists.json", "{\"ratescope\":1,\"runs\":[", {"[],", 1'390'000}, "[]]}");
    repeat("number.json", "{\"ratescope\":1", {"1", 4'000'000}, "}");
    text("controls.json", "{\"ratescope\":1,\"runs\":[],\"\x7F\u009B[2J\":1}");
    text("no UTF-8.csv", "lr,loss\n\xFF\x1B[31m,1\n");
    repeat("columns.csv", "lr,loss", {",", 60'000'000}, "");
    repeat("quotes.csv", "lr,loss\n\"", {"1", 60'000'000}, "");
    repeat("rows.csv", "step,loss\n", {"1,1\n", 16'000'000}, "");
    text("line.csv", "step,loss\n1,");
    fs::resize_file(m_folder.path("line.csv"), std::uintmax_t(1) << 30);
    text("bomb.png", pictureBomb(1000));
    repeat("tags.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">", {"<g>", 40'000'000}, "");
    repeat("text.pdf", "%PDF-1.4\n<</RatescopeExperiment (", {"x", 120'000'000}, ")>>\n%%EOF\n");
    const std::string endless = eventbytes::raw(std::uint64_t(1) << 63);
    text("tfevents.endless", endless + eventbytes::raw(eventbytes::masked(endless)) + std::string(100, 'x'));
    fs::create_directory(m_folder.path("folder"));
    for (const char* pipe : {"pipe", "pipe.csv", "tfevents.pipe"}) QCOMPARE(mkfifo(file(pipe).c_str(), 0600), 0);
    fs::create_symlink("/dev/zero", m_folder.path("zero"));
    fs::create_symlink("circle", m_folder.path("circle"));
    study("values", "UPDATE run SET steps=9223372036854775807");
    study("config", "UPDATE run SET config='{\"layer_rates\":['||replace(hex(zeroblob(5200000)),'00','[],')||'1]}'");
    study("epochs", "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i+1 FROM n WHERE i<1000000) "
                    "INSERT INTO epoch SELECT 1, i, 10, 0.1, 0.1, 0.1, 0.1, 0.1, 1 FROM n");
    study("snapshots", "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<1000000) "
                       "INSERT INTO snapshot SELECT 1, i, 0.1, 0.1 FROM n");
    study("weights", "INSERT INTO weights VALUES(1, 'last', 0, zeroblob(320000000))");
    study("virtual", "DROP TABLE study; CREATE VIRTUAL TABLE study USING fts5(key, value)");
    std::string views = "ALTER TABLE step RENAME TO v0;";
    for (int i = 0; i < 60; ++i) {
        const std::string before = "SELECT * FROM v" + std::to_string(i);
        views += "CREATE VIEW v" + std::to_string(i + 1) + " AS " + before + " UNION ALL " + before + ';';
    }
    study("views", (views + "CREATE VIEW step AS SELECT * FROM v60").c_str());
    writeData(m_folder, "many", words({0x803, 0xFFFFFFFF, 28, 28}), false);
    writeData(m_folder, "pipes", {}, false);
    fs::remove(m_folder.path("pipes/train-images-idx3-ubyte"));
    QCOMPARE(mkfifo(file("pipes/train-images-idx3-ubyte").c_str(), 0600), 0);
    for (const char* data : {"many", "pipes"})
        text((std::string(data) + ".json").c_str(),
             std::string(R"({"ratescope":1,"runs":[{"name":"a","data":")") + data + "\"}]}");
}

void TestBadInput::study(const char* name, const char* sql) {
    const fs::path path = m_folder.path(std::string(name) + ".ratescope");
    {
        StudyFile study(path, StudyFile::Access::Write);
        study.appendSteps(study.addRun(tinyHeader(1, "a")), someSteps(20));
        study.settle();
    }
    sqlite3* database = nullptr; // as any tool opens it, which hinders nobody
    QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    const std::string error = sqlite3_errmsg(database);
    sqlite3_close(database);
    QVERIFY2(code == SQLITE_OK, error.c_str());
}

void TestBadInput::rows(const char* name, const QStringList& commands, const char* part) {
    // All commands read a file the same way; with a sanitizer each of them takes a second to start.
    for (const QString& command : isSanitized ? commands.first(1) : commands) {
        QStringList arguments{command};
        if (command == QLatin1String("plot")) arguments << "--out" << qtText(m_folder.path("out.png"));
        if (command == QLatin1String("import")) arguments << "--out" << qtText(m_folder.path("out.ratescope"));
        if (command == QLatin1String("export")) arguments << "--out" << qtText(m_folder.path("out"));
        if (command == QLatin1String("code")) arguments << "--for" << "keras";
        QTest::addRow("%s, %s", name, qPrintable(command)) << arguments << QByteArray(name) << QByteArray(part);
    }
}

void TestBadInput::refuses_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("part");
    const QStringList all{"list", "train", "plot", "import", "export", "code"};
    const QStringList tables{"list", "plot", "import", "suggest"};
    const QStringList studies{"plot", "export"};
    rows("deep.json", all, "is nested deeper than 64 levels");
    rows("deep objects.json", all, "is nested deeper than 64 levels");
    rows("long.json", all, "is over 95 MiB large; allowed: 4 MiB");
    rows("lists.json", all, "is one of more than 1000000 values");
    rows("number.json", all, "cannot be read as JSON");
    rows("controls.json", all, ":   [2J: is not a key that is known here");
    rows("no UTF-8.csv", tables, "line 2: lr: is “\uFFFD [31m”; expected a number");
    rows("columns.csv", tables, "line 1: names over 10000 columns");
    rows("quotes.csv", tables, "line 2: begins a text in quotes that does not end");
    rows("rows.csv", {"list", "import"}, "; allowed: at most as many");
    rows("line.csv", tables, "is over 1024 MiB large; allowed: ");
    rows("bomb.png", {"list", "train", "plot"}, "holds an experiment over 16 MiB");
    rows("tags.svg", {"list", "train", "plot"}, "is a damaged SVG");
    rows("text.pdf", {"list", "train", "plot"}, "holds an experiment over 16 MiB");
    rows("tfevents.endless", {"list", "plot", "import"}, "has no tag for the loss of training");
    rows("folder", {"list", "train", "plot", "import"}, "is a folder without event files");
    rows("folder", {"suggest"}, "is a folder; expected a file");
    for (const char* pipe : {"pipe", "pipe.csv", "tfevents.pipe"})
        rows(pipe, {"list", "train", "plot", "import", "suggest"}, "is not an ordinary file");
    rows("zero", {"list", "train", "import", "suggest"}, "is not an ordinary file");
    rows("circle", {"list", "train", "import", "suggest"}, "does not exist");
    rows("values.ratescope", studies, "run 1 has a length that is out of range");
    rows("config.ratescope", studies, "is one of more than 1000000 values");
    rows("epochs.ratescope", studies, "run 1 has epochs that do not fit its length");
    rows("snapshots.ratescope", studies, "run 1 has more than 100 snapshots");
    rows("weights.ratescope", {"export"}, "weights of run 1: has a header that does not start with {");
    rows("views.ratescope", studies, "SQLite says: access to view ");
    rows("virtual.ratescope", QStringList{"list"} + studies, "SQLite says: no such module: fts5");
    rows("many.json", {"list", "train"}, "many/train-images-idx3-ubyte: says it holds 4294967295 samples");
    rows("pipes.json", {"list", "train"}, "pipes/train-images-idx3-ubyte: is not an ordinary file");
}

void TestBadInput::refuses() {
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, part);
    QProcess process;
    process.setChildProcessModifier([] {
        const rlimit time{mostSeconds, mostSeconds};
        setrlimit(RLIMIT_CPU, &time);
    });
    const QString path = qtText(m_folder.path(name.toStdString()));
    m_program.start(process, arguments + QStringList{path});
    const Outcome outcome = Program::ended(process);
    COMPARE_STATUS(outcome, 3);
    QCOMPARE(outcome.output, QByteArray());
    QVERIFY2(outcome.errors.startsWith("ratescope: " + path.toUtf8()), outcome.errors.constData());
    QVERIFY2(outcome.errors.contains(part), outcome.errors.constData());
    QVERIFY(outcome.errors.size() < 2000 && outcome.errors.count('\n') == 1);
    for (const char c : outcome.errors) QVERIFY(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
    for (const char* made : {"out.png", "out.ratescope", "out/runs.csv"}) // but what was good of a study
        QVERIFY2(!fs::exists(m_folder.path(made)) || name.startsWith("weights"), made);
    fs::remove_all(m_folder.path("out"));
    rusage used{};
    QCOMPARE(getrusage(RUSAGE_CHILDREN, &used), 0); // the most of all so far
    if (!isSanitized) QVERIFY2(used.ru_maxrss < mostMegabytes << 10, qPrintable(QString::number(used.ru_maxrss >> 10) + " MB"));
}

void TestBadInput::readsNothingElse_data() {
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("trigger") << QByteArray("CREATE TRIGGER t AFTER UPDATE ON run BEGIN DELETE FROM step; END;"
                                           "CREATE TRIGGER u AFTER INSERT ON run BEGIN DELETE FROM step; END");
    QTest::newRow("view with a function")
        << QByteArray("CREATE VIEW evil AS SELECT load_extension('evil.so'), * FROM run");
    QTest::newRow("virtual table") << QByteArray("CREATE VIRTUAL TABLE words USING fts5(x); INSERT INTO words VALUES('a')");
    QTest::newRow("path of a source")
        << QByteArray("UPDATE run SET config=json_set(config, '$.start_from', json('{\"file\":\"pipe\"}'), '$.data', 'pipes')");
}

/// Commands that only read leave a study and everything beside it as it was, and open nothing that it names.
void TestBadInput::readsNothingElse() {
    QFETCH(const QByteArray, sql);
    const TestFolder folder;
    study("tricks", sql.constData());
    const fs::path path = folder.path("tricks.ratescope");
    fs::rename(m_folder.path("tricks.ratescope"), path);
    QCOMPARE(mkfifo(folder.path("pipe").c_str(), 0600), 0); // whoever opens it does not come back
    const std::string before = readText(path);
    for (const QStringList& command :
         {QStringList{"list"}, QStringList{"export", "--out", qtText(m_folder.path("made"))},
          QStringList{"plot", "--out", qtText(m_folder.path("made.png"))}}) {
        COMPARE_STATUS(m_program.run(command + QStringList{qtText(path)}), 0);
        QVERIFY(readText(path) == before);
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), std::ptrdiff_t(2));
    }
    QCOMPARE(SqliteDatabase(path, SqliteDatabase::Mode::ReadOnly).integer("SELECT count(*) FROM step"), std::int64_t(20));
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
