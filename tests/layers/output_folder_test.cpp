#include "layers/error.hpp"
#include "layers/output_folder.hpp"
#include "layers/sha256.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

namespace fs = std::filesystem;
using layers::Existing;
using layers::OutputFolder;
using tests::TemporaryFolder;

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(OutputFolder, PublishesFilesAndFolders) {
    const TemporaryFolder place;
    const fs::path out = place.path() / "deep" / "out";
    {
        OutputFolder folder(out, {"a.txt", "field"}, Existing::Refuse);
        write(folder.temporary("a.txt"), "one");
        write(folder.temporary("field") / "513301" / "b.txt", "two");
        EXPECT_FALSE(fs::exists(out / "a.txt"));
        folder.publish();
    }
    EXPECT_EQ(tests::textOf(out / "a.txt"), "one");
    EXPECT_EQ(tests::textOf(out / "field" / "513301" / "b.txt"), "two");
    EXPECT_EQ(entries(out), 2U);
}

TEST(OutputFolder, RemovesWhatWasNotPublished) {
    const TemporaryFolder place;
    const fs::path out = place.path() / "out";
    try {
        OutputFolder folder(out, {"a.txt"}, Existing::Refuse);
        write(folder.temporary("a.txt"), "one");
        throw std::runtime_error("cancelled");
    } catch (const std::runtime_error&) {
    }
    EXPECT_FALSE(fs::exists(out)) << "a folder that the run made goes with it";

    fs::create_directories(out);
    { OutputFolder folder(out, {"a.txt"}, Existing::Refuse); }
    EXPECT_TRUE(fs::exists(out)) << "a folder that was there stays";
    EXPECT_EQ(entries(out), 0U);
}

TEST(OutputFolder, RefusesExistingOutputByName) {
    const TemporaryFolder place;
    write(place.path() / "核查清单.csv", "old");
    write(place.path() / "mine.txt", "not an output");
    try {
        OutputFolder folder(place.path(), {"核查清单.csv"}, Existing::Refuse);
        FAIL() << "an existing output was accepted";
    } catch (const layers::Error& error) {
        EXPECT_NE(std::string(error.what()).find("核查清单.csv"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("--overwrite"), std::string::npos);
    }
    EXPECT_EQ(tests::textOf(place.path() / "核查清单.csv"), "old");
    EXPECT_EQ(entries(place.path()), 2U);
}

TEST(OutputFolder, OverwritesOnlyItsOwnNames) {
    const TemporaryFolder place;
    write(place.path() / "a.txt", "old");
    write(place.path() / "field" / "old.shp", "old");
    write(place.path() / "field" / "manifest.csv", "file,bytes,sha256\r\nold.shp,3,0\r\n");
    write(place.path() / "mine.txt", "not an output");
    {
        OutputFolder folder(place.path(), {"a.txt", "field", "b.txt"}, Existing::Overwrite);
        write(folder.temporary("a.txt"), "new");
        write(folder.temporary("field") / "new.shp", "new");
        EXPECT_EQ(tests::textOf(place.path() / "a.txt"), "old");
        folder.publish();
    }
    EXPECT_EQ(tests::textOf(place.path() / "a.txt"), "new");
    EXPECT_FALSE(fs::exists(place.path() / "field" / "old.shp"));
    EXPECT_TRUE(fs::exists(place.path() / "field" / "new.shp"));
    EXPECT_EQ(tests::textOf(place.path() / "mine.txt"), "not an output");
    EXPECT_EQ(entries(place.path()), 3U);
}

TEST(OutputFolder, ReplacesNoFolderWithForeignFiles) {
    const TemporaryFolder place;
    write(place.path() / "field" / "photo.jpg", "photo");
    EXPECT_THROW(OutputFolder(place.path(), {"field"}, Existing::Overwrite), layers::Error);
    EXPECT_EQ(tests::textOf(place.path() / "field" / "photo.jpg"), "photo");
    EXPECT_EQ(entries(place.path()), 1U);
}

TEST(OutputFolder, RefusesWhatAppearedMeanwhile) {
    const TemporaryFolder place;
    {
        OutputFolder folder(place.path(), {"a.txt"}, Existing::Refuse);
        write(folder.temporary("a.txt"), "new");
        write(place.path() / "a.txt", "of another run");
        EXPECT_THROW(folder.publish(), layers::Error);
    }
    EXPECT_EQ(tests::textOf(place.path() / "a.txt"), "of another run");
    EXPECT_EQ(entries(place.path()), 1U);
}

TEST(OutputFolder, PutsBackWhatWasThereWhenAMoveFails) {
    const TemporaryFolder place;
    write(place.path() / "a.txt", "old");
    {
        OutputFolder folder(place.path(), {"a.txt", "sub/b.txt"}, Existing::Overwrite);
        write(folder.temporary("a.txt"), "new");
        write(folder.temporary("sub/b.txt"), "new");
        write(place.path() / "sub", "a file where a folder must be");
        EXPECT_THROW(folder.publish(), layers::Error);
    }
    EXPECT_EQ(tests::textOf(place.path() / "a.txt"), "old");
    EXPECT_EQ(entries(place.path()), 2U);
}

TEST(OutputFolder, ClearsWhatAKilledRunLeftButNotALivingOne) {
    const TemporaryFolder place;
    write(place.path() / ".ecoredline-dead00" / "new" / "a.txt", "half");
    OutputFolder living(place.path(), {"a.txt"}, Existing::Refuse);
    EXPECT_FALSE(fs::exists(place.path() / ".ecoredline-dead00"));
    const OutputFolder second(place.path(), {"b.txt"}, Existing::Refuse);
    write(living.temporary("a.txt"), "whole");
    living.publish();
    EXPECT_EQ(tests::textOf(place.path() / "a.txt"), "whole");
}

TEST(OutputFolder, AFileIsNoFolder) {
    const TemporaryFolder place;
    write(place.path() / "out", "file");
    EXPECT_THROW(OutputFolder(place.path() / "out", {"a"}, Existing::Overwrite), layers::Error);
    EXPECT_THROW(OutputFolder(place.path() / "out" / "below", {"a"}, Existing::Overwrite), layers::Error);
}

TEST(Sha256, KnownValues) {
    const TemporaryFolder place;
    EXPECT_EQ(layers::sha256OfText("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    write(place.path() / "1", "a");
    write(place.path() / "2", "bc");
    write(place.path() / "big", std::string((std::size_t{1} << 20U) + 1, 'x'));
    EXPECT_EQ(layers::sha256Of({place.path() / "1", place.path() / "2"}), layers::sha256OfText("abc"));
    EXPECT_EQ(layers::sha256Of({place.path() / "big"}),
              layers::sha256OfText(std::string((std::size_t{1} << 20U) + 1, 'x')));
    EXPECT_THROW((void)layers::sha256Of({place.path() / "missing"}), layers::Error);
    EXPECT_THROW((void)layers::sha256Of({place.path()}), layers::Error);
}

} // namespace
