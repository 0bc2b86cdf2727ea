// Photographs of the field: which case they belong to, and what does not fit.

#include "geo/geodesic.hpp"
#include "geo/interior_point.hpp"
#include "layers/project/photo_store.hpp"
#include "tests/support/photo_file.hpp"
#include "tests/support/project_story.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFirst = "LD2026B1-513301-0001";
constexpr const char* kSecond = "LD2026B1-513301-0002";

class PhotoCommand : public testing::Test {
  protected:
    void SetUp() override {
        story.sendOutBatch1();
        story.run({"set"}, "case", {kFirst, kSecond, "核查结论=已恢复"});
    }
    /// A place inside the patch of a case.
    [[nodiscard]] geo::Coordinate middleOf(const std::string& number) const {
        const layers::ProjectFile project(story.file(), layers::Access::Read);
        return geo::interiorPoint(layers::casePlace(project, number)->shape);
    }
    void add(const std::string& name, const tests::Photo& photo) const {
        tests::writePhoto(folder / name, photo);
    }
    Json photos(const std::vector<std::string>& more = {}, int status = 0) const {
        std::vector<std::string> arguments{folder.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return story.run({"photos"}, "return", arguments, {status});
    }
    static Json photoOf(const Json& plan, const std::string& file) {
        for (const Json& each : plan.at("photos")) {
            if (each.at("file") == file) {
                return each;
            }
        }
        return nullptr;
    }
    static bool hasFault(const Json& photo, const std::string& part) {
        return photo.at("faults").dump().find(part) != std::string::npos;
    }
    tests::ProjectStory story;
    fs::path folder = story.folder() / "照片";
    std::string today = "2026:11:24 10:00:00"; // SOURCE_DATE_EPOCH of the tests
};

TEST_F(PhotoCommand, namesAndPlacesGiveTheCase) {
    const geo::Coordinate middle = middleOf(kFirst);
    const geo::Coordinate north = geo::geodesicDestination(middle, 0, 40);
    add("LD2026B1-513301-0001-1.jpg", {today, middle, 10.0, "a"});
    add("ld2026b1-513301-0002/IMG_1.JPG", {today, middleOf(kSecond), std::nullopt, "b"});
    add("IMG_2.jpg", {today, north, 180.0, "c"}); // no name: looks at the patch from the north
    const Json plan = photos();
    EXPECT_EQ(plan.at("matched"), 3);
    EXPECT_EQ(plan.at("faulty"), 0) << plan.dump(2);
    EXPECT_EQ(photoOf(plan, "LD2026B1-513301-0001-1.jpg").at("matched_by"), "name");
    EXPECT_EQ(photoOf(plan, "LD2026B1-513301-0001-1.jpg").at("distance_m"), 0.0);
    EXPECT_EQ(photoOf(plan, "ld2026b1-513301-0002/IMG_1.JPG").at("case"), kSecond);
    EXPECT_EQ(photoOf(plan, "IMG_2.jpg").at("matched_by"), "place");
    EXPECT_TRUE(plan.at("cases_without_photos").empty()) << plan.at("cases_without_photos").dump();
}

TEST_F(PhotoCommand, whatDoesNotFitIsTold) {
    const geo::Coordinate middle = middleOf(kFirst);
    const std::string prefix = std::string(kFirst) + "_";
    add(prefix + "far.jpg", {today, geo::geodesicDestination(middle, 90, 5000), 270.0, "far"});
    add(prefix + "early.jpg", {"2026:01:05 08:00:00", middle, std::nullopt, "early"});
    add(prefix + "late.jpg", {"2027:01:05 08:00:00", middle, std::nullopt, "late"});
    add(prefix + "nowhere.jpg", {today, std::nullopt, std::nullopt, "nowhere"});
    add(prefix + "timeless.jpg", {"", middle, std::nullopt, "timeless"});
    add(prefix + "once.jpg", {today, middle, std::nullopt, "same"});
    add(prefix + "twice.jpg", {today, middle, std::nullopt, "same"});
    add("LD2026B1-513301-9999.jpg", {today, geo::geodesicDestination(middle, 90, 50'000), {}, "unknown"});
    fs::create_directories(folder);
    std::ofstream(folder / (prefix + "damaged.jpg")) << "no photograph";
    const Json plan = photos();
    EXPECT_EQ(plan.at("photos").size(), 9U);
    const auto of = [&](const std::string& name) { return photoOf(plan, prefix + name + ".jpg"); };
    EXPECT_TRUE(hasFault(of("far"), "超过 100 米")) << plan.dump(2);
    EXPECT_NEAR(of("far").at("distance_m").get<double>(), 5000, 1);
    EXPECT_TRUE(hasFault(of("early"), "早于立案"));
    EXPECT_TRUE(hasFault(of("late"), "晚于今天"));
    EXPECT_TRUE(hasFault(of("nowhere"), "没有定位"));
    EXPECT_TRUE(hasFault(of("timeless"), "没有拍摄时间"));
    EXPECT_TRUE(of("once").at("faults").empty());
    EXPECT_TRUE(hasFault(of("twice"), "同一张照片"));
    EXPECT_TRUE(hasFault(of("damaged"), "无法读取"));
    EXPECT_TRUE(hasFault(photoOf(plan, "LD2026B1-513301-9999.jpg"), "不在项目中"));
    EXPECT_EQ(plan.at("cases_without_photos"), Json::array({kSecond}));
}

TEST_F(PhotoCommand, aCameraThatLooksAwayIsTold) {
    // From beside the patch, however it is shaped: 60 m beyond its box to the south, looking south.
    geo::Box box;
    {
        const layers::ProjectFile project(story.file(), layers::Access::Read);
        box = layers::casePlace(project, kFirst)->shape.box();
    }
    const geo::Coordinate south = geo::geodesicDestination({middleOf(kFirst).x, box.minY}, 180, 60);
    add(std::string(kFirst) + "a.jpg", {today, south, 180.0, "away"});
    add(std::string(kFirst) + "b.jpg", {today, south, 5.0, "towards"});
    const Json plan = photos();
    EXPECT_TRUE(hasFault(photoOf(plan, std::string(kFirst) + "a.jpg"), "镜头朝向")) << plan.dump(2);
    EXPECT_FALSE(hasFault(photoOf(plan, std::string(kFirst) + "b.jpg"), "镜头朝向")) << plan.dump(2);
}

TEST_F(PhotoCommand, takenInOnceAndComparedWithLaterOnes) {
    const geo::Coordinate middle = middleOf(kFirst);
    add(std::string(kFirst) + ".jpg", {today, middle, std::nullopt, "one"});
    const Json before = story.run({"info"}, "project");
    photos();
    EXPECT_EQ(before, story.run({"info"}, "project")) << "a dry run";
    EXPECT_EQ(photos({"--apply"}).at("return"), 1);
    EXPECT_EQ(story.run({"show"}, "return", {"1"}).at("photo_list").size(), 1U);
    photos({"--apply"}, 1); // the same folder again
    add(std::string(kSecond) + ".jpg", {today, middleOf(kSecond), std::nullopt, "two"});
    const Json second = photos({"--apply"});
    EXPECT_TRUE(hasFault(photoOf(second, std::string(kFirst) + ".jpg"), "回传 1"));
    EXPECT_TRUE(second.at("cases_without_photos").empty());
    story.expectSound();
}

} // namespace
