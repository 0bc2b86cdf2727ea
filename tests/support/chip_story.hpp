#pragma once

#include "tests/support/csv_lines.hpp"
#include "tests/support/image_file.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/scene_story.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// A project with two patches and images of them, exported as task sheets.
class Chips : public testing::Test {
  protected:
    using Json = SceneStory::Json;
    using Colour = std::array<double, 4>;

    /// One patch of about 100 m near Kangding, in a reserve; a blue square of twice its size lies around it
    /// on every image.
    static constexpr double kLeft = 101.5;
    static constexpr double kTop = 30.051;
    static constexpr double kSide = 0.001;
    static constexpr double kFrom = 25;    ///< left edge of what is printed, in mm
    static constexpr double kMiddle = 110; ///< between the two images
    static constexpr double kTo = 195;
    static constexpr int kDpi = 120;

    static bool isBlue(const std::array<int, 3>& c) { return c[2] > 140 && c[0] < 100 && c[1] < 120; }

    void SetUp() override {
        if (!hasPdfTools()) {
            GTEST_SKIP() << "needs poppler-utils";
        }
        story.addCounties(
            {SceneStory::feature({{"code", "513301"}, {"name", "康定市"}}, SceneStory::square(100, 29, 3))});
        story.addZones("reserve", "保护地",
                       {SceneStory::feature({{"name", "示例保护区"}}, SceneStory::square(101.3, 29.9, 0.4))});
    }
    /// @param dates 前时相 and 后时相 of the patch at kLeft, kTop
    void addPatches(const std::string& before = "2025-03-02", const std::string& after = "2026-03-19") const {
        story.addPatches({patch("T-近", kLeft, before, after), patch("T-远", kLeft + 0.1, before, after)});
    }
    static Json patch(const std::string& id, double x, const std::string& before, const std::string& after) {
        return SceneStory::feature({{"id", id}, {"qsx", before}, {"hsx", after}},
                                   SceneStory::square(x, kTop - kSide, kSide));
    }
    static bool isInSquare(const geo::Coordinate& c) {
        return c.x > kLeft - kSide / 2 && c.x < kLeft + 1.5 * kSide && c.y < kTop + kSide / 2 &&
               c.y > kTop - 1.5 * kSide;
    }
    /// 0.01° around the patch in pixels of about 2.5 m: a blue square on a ground of one colour.
    static ImageFile around(const Colour& ground) {
        ImageFile image;
        image.corner = {kLeft - 0.005, kTop + 0.005};
        image.pixel = 0.01 / image.width;
        image.at = [ground](const geo::Coordinate& c) {
            return isInSquare(c) ? Colour{20, 40, 220, 255} : ground;
        };
        return image;
    }
    std::filesystem::path write(const std::string& name, const ImageFile& image) const {
        std::filesystem::create_directories(images());
        writeImage(images() / name, image);
        return images() / name;
    }
    std::filesystem::path images() const { return story.folder() / "影像"; }
    Json exportTo(const std::filesystem::path& out, std::vector<std::string> more, int status = 0) const {
        more.insert(more.begin(), {"--batch", "2026B1", "--out", out.string()});
        return story.run({"sheets"}, "export", more, {status});
    }
    Ended refused(std::vector<std::string> more) const {
        const std::filesystem::path out = story.folder() / "不写";
        more.insert(more.begin(), {"--batch", "2026B1", "--out", out.string()});
        Ended ended = story.start("sheets", "export", more);
        EXPECT_FALSE(std::filesystem::exists(out / "任务单"));
        return ended;
    }
    /// The page with the images of a patch, from 1.
    static int chipPage(const std::filesystem::path& out, const std::string& patch) {
        for (const auto& line : csvLines(out / "任务单/任务单目录.csv")) {
            if (line.at(1) == patch) {
                EXPECT_EQ(line.at(6), "2");
                return std::stoi(line.at(5)) + 1;
            }
        }
        ADD_FAILURE() << patch;
        return 1;
    }
    static std::filesystem::path pdf(const std::filesystem::path& out) {
        return out / "任务单/任务单_513301_康定市.pdf";
    }
    static std::string chipText(const std::filesystem::path& out, const std::string& patch = "T-近") {
        const int page = chipPage(out, patch);
        return pdfText(pdf(out), page, page);
    }
    Picture picture(const std::filesystem::path& out, const std::string& patch = "T-近") const {
        return pageOf(pdf(out), chipPage(out, patch), kDpi, story.folder());
    }
    /// The blue square on the left or right image, in mm.
    static geo::Box blueLeft(const Picture& page) { return boxOfPixels(page, kDpi, kFrom, kMiddle, isBlue); }
    static geo::Box blueRight(const Picture& page) { return boxOfPixels(page, kDpi, kMiddle, kTo, isBlue); }
    SceneStory story;
};

} // namespace tests
