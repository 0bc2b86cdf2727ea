#include "app/report/results_tables.hpp"
#include "layers/sha256.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;

std::set<std::string> namesIn(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

GDALDatasetUniquePtr open(const fs::path& file) {
    GDALAllRegister();
    return GDALDatasetUniquePtr(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
}

class FieldFiles : public testing::Test {
  protected:
    tests::TemporaryFolder m_place;
    fs::path m_folder = m_place.path() / "field";
    app::CheckResult m_result = tests::sampleResult();
    std::vector<layers::Problem> m_problems = app::writeFieldFiles(m_folder, m_result, "2026-11-24");
};

TEST_F(FieldFiles, OneSetACountyWithAsciiNames) {
    const std::set<std::string> names = namesIn(m_folder);
    for (const char* name :
         {"513301_patches.shp", "513301_patches.dbf", "513301_patches.cpg", "513301_patches.prj",
          "513301_patches_line.shp", "513301_patches_fields.csv", "513301_patches.kml", "513301_patches.gpx",
          "513322_patches.shp", "513322_patches.kml", "000000_patches.shp", "000000_patches.gpx",
          "manifest.csv"}) {
        EXPECT_TRUE(names.contains(name)) << name;
    }
    for (const std::string& name : names) {
        EXPECT_TRUE(std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127; })) << name;
    }
}

TEST_F(FieldFiles, ListedPatchesAloneWithTheirOwnGeometry) {
    const std::map<std::string, std::vector<std::string>> expected = {
        {"513301_patches.shp", {"LS-513301-0001", "LS-513301-0002"}},
        {"513301_patches_line.shp", {"LS-513301-0003"}},
        {"513322_patches.shp", {"LS-513322-0001"}},
        {"000000_patches.shp", {"LS-000000-0001"}}};
    for (const auto& [name, tasks] : expected) {
        const GDALDatasetUniquePtr dataset = open(m_folder / name);
        ASSERT_TRUE(dataset) << name;
        std::vector<std::string> found;
        for (const OGRFeatureUniquePtr& feature : *dataset->GetLayer(0)) {
            found.emplace_back(feature->GetFieldAsString("RWBH"));
            OGREnvelope box;
            feature->GetGeometryRef()->getEnvelope(&box);
            const auto n = static_cast<std::size_t>(
                std::find(m_result.taskNumbers.begin(), m_result.taskNumbers.end(), found.back()) -
                m_result.taskNumbers.begin());
            ASSERT_LT(n, m_result.listed.size());
            const geo::Box own = m_result.patches[static_cast<std::size_t>(m_result.listed[n])].shape.box();
            EXPECT_EQ(box.MinX, own.minX)
                << "the patch itself, no clipped piece that would show a zone's boundary";
            EXPECT_EQ(box.MaxX, own.maxX);
            EXPECT_EQ(box.MinY, own.minY);
            EXPECT_EQ(box.MaxY, own.maxY);
        }
        EXPECT_EQ(found, tasks) << name;
    }
}

TEST_F(FieldFiles, LongBasisAndRareCharactersSurvive) {
    const GDALDatasetUniquePtr dataset = open(m_folder / "513301_patches.shp");
    ASSERT_TRUE(dataset);
    OGRLayer* layer = dataset->GetLayer(0);
    const OGRFeatureUniquePtr first(layer->GetFeature(0));
    std::string basis;
    for (int part = 1; layer->GetLayerDefn()->GetFieldIndex(("YJ" + std::to_string(part)).c_str()) >= 0;
         ++part) {
        basis += first->GetFieldAsString(("YJ" + std::to_string(part)).c_str());
    }
    EXPECT_NE(basis.find(tests::sample::longBasis()), std::string::npos) << basis;
    const OGRFeatureUniquePtr second(layer->GetFeature(1));
    EXPECT_EQ(std::string(second->GetFieldAsString("HDLX")), "旅游<设施>&\"〓〓\"")
        << "the control character is gone";
    EXPECT_EQ(std::string(second->GetFieldAsString("TBBH")), "=SUM(A1:A9)");
    ASSERT_FALSE(m_problems.empty());
    EXPECT_EQ(m_problems.front().kind, layers::ProblemKind::CharacterReplaced);
    EXPECT_NE(m_problems.front().textZh.find("𠮷"), std::string::npos);
}

TEST_F(FieldFiles, ManifestListsEveryFileWithItsHash) {
    std::istringstream lines(tests::textOf(m_folder / "manifest.csv"));
    std::string line;
    std::getline(lines, line);
    std::set<std::string> listed;
    while (std::getline(lines, line)) {
        ASSERT_EQ(line.back(), '\r');
        line.pop_back();
        const std::string name = line.substr(0, line.find(','));
        const std::string hash = line.substr(line.rfind(',') + 1);
        EXPECT_EQ(hash, layers::sha256Of({m_folder / name})) << name;
        listed.insert(name);
    }
    std::set<std::string> names = namesIn(m_folder);
    names.erase("manifest.csv");
    EXPECT_EQ(listed, names);
}

TEST_F(FieldFiles, SameBytesTwice) {
    const fs::path again = m_place.path() / "again";
    (void)app::writeFieldFiles(again, m_result, "2026-11-24");
    EXPECT_EQ(tests::textOf(m_folder / "manifest.csv"), tests::textOf(again / "manifest.csv"));
}

TEST(FieldFilesEmpty, NothingListedGivesAnEmptyFolder) {
    const tests::TemporaryFolder place;
    EXPECT_TRUE(app::writeFieldFiles(place.path() / "field", app::CheckResult(), "2026-11-24").empty());
    EXPECT_EQ(namesIn(place.path() / "field"), (std::set<std::string>{"export.json", "manifest.csv"}));
}

} // namespace
