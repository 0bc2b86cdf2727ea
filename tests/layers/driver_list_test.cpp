// What stays shut: drivers that open other files or the network, addresses, XML entities, tables that read
// other files.

#include "tests/support/reading.hpp"
#include "tests/support/sample_files.hpp"
#include "tests/support/temporary_folder.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace {

namespace fs = std::filesystem;
using layers::Role;

const std::vector<tests::SampleFeature> kSquare{
    {"甲", "POLYGON ((101 30,101.01 30,101.01 30.01,101 30.01,101 30))"}};

/// A server of this machine that only notices whether anybody comes.
class Listener {
  public:
    Listener() : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        ::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_socket, 4);
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
    }
    ~Listener() { ::close(m_socket); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    [[nodiscard]] std::string address() const {
        return "http://127.0.0.1:" + std::to_string(m_port) + "/a.geojson";
    }
    [[nodiscard]] bool wasVisited() const {
        pollfd entry{m_socket, POLLIN, 0};
        return ::poll(&entry, 1, 200) > 0;
    }

  private:
    int m_socket;
    std::uint16_t m_port = 0;
};

fs::path writeText(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

std::string vrt(const std::string& source) {
    return "<OGRVRTDataSource><OGRVRTLayer name=\"zones\"><SrcDataSource>" + source +
           "</SrcDataSource><SrcLayer>zones</SrcLayer></OGRVRTLayer></OGRVRTDataSource>";
}

std::string refusal(const fs::path& file, const std::vector<std::string>& allowed = {},
                    const std::string& layer = {}) {
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.allowDrivers = allowed;
    return tests::errorOf([&] { tests::patchesOf(file, options, layer); });
}

TEST(Drivers, OutsideTheListAreRefusedWithTheOptionThatOpensThem) {
    const tests::TemporaryFolder home;
    const struct {
        const char* file;
        std::string text;
        const char* said;
    } rows[] = {
        {"a.vrt", vrt("a.fgb"), "--allow-driver OGR_VRT"},
        {"a.gml", "<gml:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml\"/>", "--allow-driver GML"},
        {"a.gpx", "<?xml version=\"1.0\"?><gpx version=\"1.1\"></gpx>", "--allow-driver GPX"},
        {"a.tab", "!table\n!version 300\n!charset WindowsSimpChinese\n\nDefinition Table\n  File \"b.shp\"\n",
         "--allow-driver"},
        {"a.xml", "<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>",
         "--allow-driver NAME"},
        {"a.rar", "Rar!", "--allow-driver NAME"},
    };
    for (const auto& row : rows) {
        const std::string error = refusal(writeText(home.path() / row.file, row.text));
        EXPECT_NE(error.find(row.said), std::string::npos) << row.file << ": " << error;
        EXPECT_NE(error.find("supported are"), std::string::npos) << error;
        EXPECT_NE(error.find(row.file), std::string::npos) << error;
    }
}

TEST(Drivers, AllowedByTheOptionAreOpenedAndSaid) {
    const tests::TemporaryFolder home;
    tests::writeWithOgr(home.path() / "a.fgb", "FlatGeobuf", kSquare);
    const fs::path file = writeText(home.path() / "a.vrt", vrt((home.path() / "a.fgb").string()));
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.allowDrivers = {"VRT"};
    const auto result = tests::patchesOf(file, options);
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_NE(tests::problemOf(result.problems, layers::ProblemKind::DriverAllowed), nullptr);
    EXPECT_NE(refusal(file, {"GML"}).find("--allow-driver OGR_VRT"), std::string::npos);
    EXPECT_NE(refusal(file, {"NoSuchDriver"}).find("no vector driver of this name"), std::string::npos);
}

TEST(Network, IsNotUsedEvenFromWithinAnAllowedFile) {
    const tests::TemporaryFolder home;
    const Listener listener;
    for (const std::string& source :
         {listener.address(), "/vsicurl/" + listener.address(), "/vsicurl_streaming/" + listener.address(),
          "WFS:" + listener.address()}) {
        const fs::path file = writeText(home.path() / "a.vrt", vrt(source));
        EXPECT_NE(refusal(file, {"VRT"}), "") << source;
        EXPECT_FALSE(listener.wasVisited()) << source;
    }
}

TEST(Network, AddressesAsInputsAreRefused) {
    const Listener listener;
    for (const std::string& text :
         {listener.address(), "/vsicurl/" + listener.address(), std::string("/vsizip/a.zip/a.shp"),
          "WFS:" + listener.address(), std::string("/vsistdin/")}) {
        const layers::LayerRef ref = layers::parseLayerRef(text);
        const std::string error = refusal(ref.file, {}, ref.layer);
        EXPECT_NE(error.find("only files are read"), std::string::npos) << text << ": " << error;
    }
    EXPECT_FALSE(listener.wasVisited());
}

std::string kml(const std::string& head, const std::string& name) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + head +
           "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>" + name +
           "</name><Point><coordinates>101,30</coordinates></Point></Placemark></Document></kml>";
}

TEST(Xml, ExternalEntitiesAreNotRead) {
    const tests::TemporaryFolder home;
    const fs::path secret = writeText(home.path() / "secret.txt", "SECRET-WORD");
    const Listener listener;
    for (const std::string& target : {"file://" + secret.string(), secret.string(), listener.address()}) {
        const fs::path file = writeText(
            home.path() / "a.kml", kml("<!DOCTYPE kml [<!ENTITY x SYSTEM \"" + target + "\">]>\n", "&x;"));
        layers::ReadResult<layers::Patch> result;
        const std::string error =
            tests::errorOf([&] { result = tests::patchesOf(file, tests::genericOptions(Role::Changes)); });
        EXPECT_EQ(error.find("SECRET-WORD"), std::string::npos);
        for (const layers::Patch& patch : result.records) {
            for (const std::string& value : patch.raw) {
                EXPECT_EQ(value.find("SECRET-WORD"), std::string::npos);
            }
        }
        EXPECT_FALSE(listener.wasVisited());
    }
}

TEST(Xml, EntitiesThatGrowWithoutEndAreRefused) {
    const tests::TemporaryFolder home;
    std::string head = "<!DOCTYPE kml [<!ENTITY e0 \"lollollollollollollollollollollol\">";
    for (int n = 1; n < 12; ++n) {
        head += "<!ENTITY e" + std::to_string(n) + " \"";
        for (int k = 0; k < 10; ++k) {
            head += "&e" + std::to_string(n - 1) + ";";
        }
        head += "\">";
    }
    const fs::path file = writeText(home.path() / "a.kml", kml(head + "]>\n", "&e11;"));
    EXPECT_NE(refusal(file).find("not well-formed"), std::string::npos);
}

TEST(Spatialite, TablesThatReadOtherFilesAreRefused) {
    const tests::TemporaryFolder home;
    const fs::path file = home.path() / "a.sqlite";
    tests::writeWithOgr(file, "SQLite", kSquare);
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    // As a file made elsewhere has it: the module need not be there when the table's definition is written.
    ASSERT_EQ(
        sqlite3_exec(database,
                     "PRAGMA writable_schema = 1; INSERT INTO sqlite_master VALUES ('table', 'outside', "
                     "'outside', 0, 'CREATE VIRTUAL TABLE outside USING VirtualText(''/etc/passwd'', "
                     "''UTF-8'', 0)')",
                     nullptr, nullptr, nullptr),
        SQLITE_OK);
    sqlite3_close(database);
    EXPECT_NE(refusal(file).find("virtual table \"outside\" would read other files"), std::string::npos);
}

TEST(Spatialite, AJournalNotYetWrittenBackIsReadAndLeftAlone) {
    const tests::TemporaryFolder home;
    const fs::path file = home.path() / "a.sqlite";
    tests::writeWithOgr(file, "SQLite", kSquare);
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    ASSERT_EQ(
        sqlite3_exec(database,
                     "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; INSERT INTO zones (name, "
                     "GEOMETRY) SELECT '乙', GEOMETRY FROM zones",
                     nullptr, nullptr, nullptr),
        SQLITE_OK);
    const auto before = tests::entriesOf(home.path());
    const auto result = tests::patchesOf(file, tests::genericOptions(Role::Changes));
    EXPECT_EQ(result.records.size(), 2U);
    const auto after = tests::entriesOf(home.path());
    sqlite3_close(database);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t n = 0; n < before.size(); ++n) {
        EXPECT_TRUE(before[n].name == after[n].name && before[n].content == after[n].content)
            << before[n].name;
    }
}

/// Every byte in turn of small files: refused, told or harmless, never a crash; and no feature is lost in
/// silence.
TEST(Damaged, FilesOfGdalsFormatsLoseNothingInSilence) {
    const tests::TemporaryFolder home;
    const std::vector<tests::SampleFeature> two{kSquare[0], kSquare[0]};
    const struct {
        const char* driver;
        const char* file;
    } rows[] = {{"FlatGeobuf", "a.fgb"}, {"SQLite", "a.sqlite"}, {"DXF", "a.dxf"}};
    for (const auto& row : rows) {
        const fs::path file = home.path() / row.file;
        tests::SampleLayer how;
        how.epsg = 4490;
        tests::writeWithOgr(file, row.driver, two, how);
        const std::string bytes = tests::textOf(file);
        const std::size_t step = std::max<std::size_t>(1, bytes.size() / 150);
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ 0xFF);
            std::ofstream(file, std::ios::binary) << changed;
            layers::ReadOptions options = tests::genericOptions(Role::Changes);
            options.crs = "EPSG:4490";
            layers::ReadResult<layers::Patch> result;
            const std::string error = tests::errorOf([&] { result = tests::patchesOf(file, options); });
            if (error.empty()) {
                EXPECT_EQ(result.report.features,
                          static_cast<std::int64_t>(result.records.size() + result.rejects.size()));
                EXPECT_TRUE(result.report.features >= 2 || !result.problems.empty())
                    << row.file << " byte " << at;
            }
        }
    }
}

} // namespace
