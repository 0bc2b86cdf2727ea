#include "app/cartography/imagery.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace app {

namespace {

constexpr double kMmPerM = 1000;

/// Degrees at the nodes of the net over an image in a frame.
layers::RasterNet netOf(const MapView& view, const PageBox& frame, const layers::RasterImage& image) {
    constexpr int kStep = layers::RasterNet::kStep;
    layers::RasterNet net;
    net.columns = (image.width + kStep - 1) / kStep;
    net.rows = (image.height + kStep - 1) / kStep;
    const double mPerDotX = frame.width / image.width * view.scale / kMmPerM;
    const double mPerDotY = frame.height / image.height * view.scale / kMmPerM;
    for (int row = 0; row <= net.rows; ++row) {
        for (int column = 0; column <= net.columns; ++column) {
            net.nodes.push_back({view.middle.x + (column * kStep - image.width / 2.0) * mPerDotX,
                                 view.middle.y - (row * kStep - image.height / 2.0) * mPerDotY});
        }
    }
    net.nodes = view.projection->unproject(std::move(net.nodes));
    return net;
}

bool isDatedAs(const layers::RasterInfo& info, const layers::DateText& own) {
    return info.label.date && own.first && own.last && *own.first <= *info.label.date &&
           *info.label.date <= *own.last;
}

double commonPart(const geo::Box& a, const geo::Box& b) {
    return std::max(0.0, std::min(a.maxX, b.maxX) - std::max(a.minX, b.minX)) *
           std::max(0.0, std::min(a.maxY, b.maxY) - std::max(a.minY, b.minY));
}

std::vector<const layers::RasterInfo*> foremostFirst(const std::vector<layers::RasterInfo>& files,
                                                     const geo::Box& shown, const layers::DateText& own) {
    std::vector<const layers::RasterInfo*> list;
    for (const layers::RasterInfo& info : files) {
        if (info.box.meets(shown)) {
            list.push_back(&info);
        }
    }
    const auto rank = [&](const layers::RasterInfo* info) {
        return std::tuple(isDatedAs(*info, own), info->label.date, commonPart(info->box, shown));
    };
    std::stable_sort(list.begin(), list.end(),
                     [&](const auto* a, const auto* b) { return rank(a) > rank(b); });
    return list;
}

/// The pixels of a shape's box, at least a few, within the image.
struct Pixels {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
};
Pixels pixelsOf(const geo::Shape& shape, const MapView& view, const PageBox& frame,
                const layers::RasterImage& image) {
    constexpr double kAroundMm = 0.5;
    const geo::Box box = shape.box();
    geo::Box dots;
    for (const geo::Coordinate& c : view.projection->project(geo::Path{
             {box.minX, box.minY}, {box.minX, box.maxY}, {box.maxX, box.minY}, {box.maxX, box.maxY}})) {
        const double mm = kMmPerM / view.scale;
        dots.add(
            geo::Coordinate{((c.x - view.middle.x) * mm + frame.width / 2) * image.width / frame.width,
                            (frame.height / 2 - (c.y - view.middle.y) * mm) * image.height / frame.height});
    }
    dots = dots.grown(kAroundMm * kImageDotsPerMm, kAroundMm * kImageDotsPerMm);
    const auto within = [](double dot, int most) {
        return static_cast<int>(std::clamp(dot, 0.0, double(most)));
    };
    return {within(dots.minX, image.width), within(dots.minY, image.height), within(dots.maxX, image.width),
            within(dots.maxY, image.height)};
}

/// Looks at the patch's place: black alone is what mosaics without a nodata value have around them.
void judgePlace(const Pixels& place, Chip& chip) {
    bool hasData = false;
    bool hasGap = false;
    for (int row = place.top; row < place.bottom; ++row) {
        for (int column = place.left; column < place.right; ++column) {
            const std::uint8_t* pixel = chip.image.at(column, row);
            const bool isBlack = pixel[0] == 0 && pixel[1] == 0 && pixel[2] == 0;
            hasGap = hasGap || pixel[3] == 0;
            hasData = hasData || (pixel[3] != 0 && !isBlack);
        }
    }
    chip.isMissing = !hasData;
    chip.isPartial = hasData && hasGap;
}

} // namespace

void Imagery::demandUnchanged() const {
    std::size_t n = 0;
    for (const std::vector<layers::RasterInfo>* side : {&before, &after}) {
        for (const layers::RasterInfo& info : *side) {
            stamps[n++].demandUnchanged(info.members);
        }
    }
}

Imagery loadImagery(const std::vector<std::filesystem::path>& before,
                    const std::vector<std::filesystem::path>& after, const layers::RasterOptions& options) {
    Imagery imagery;
    const auto load = [&](const std::vector<std::filesystem::path>& files,
                          std::vector<layers::RasterInfo>& infos) {
        for (const std::filesystem::path& file : files) {
            layers::FileStamps& stamps = imagery.stamps.emplace_back(file);
            infos.push_back(layers::inspectRaster(file, options));
            stamps.add(infos.back().members);
        }
    };
    load(before, imagery.before);
    load(after, imagery.after);
    return imagery;
}

layers::RasterSource& ImageReader::sourceOf(const layers::RasterInfo& info) {
    constexpr std::size_t kMostOpen = 32;
    std::unique_ptr<layers::RasterSource>& source = m_open[&info];
    if (!source) {
        if (m_open.size() > kMostOpen) {
            m_open.clear();
        }
        return *(m_open[&info] = std::make_unique<layers::RasterSource>(info));
    }
    return *source;
}

Chip ImageReader::read(ImageSide side, const MapView& view, const PageBox& frame, const geo::Shape& patch,
                       const layers::DateText& own) {
    Chip chip{layers::RasterImage(static_cast<int>(std::lround(frame.width * kImageDotsPerMm)),
                                  static_cast<int>(std::lround(frame.height * kImageDotsPerMm))),
              true,
              false,
              false,
              {}};
    const layers::RasterNet net = netOf(view, frame, chip.image);
    std::int64_t open = std::int64_t{chip.image.width} * chip.image.height;
    for (const layers::RasterInfo* info : foremostFirst(m_imagery.of(side), shownBox(view, frame), own)) {
        const layers::RasterSource::Painted painted = sourceOf(*info).paint(net, chip.image);
        if (painted.pixels > 0) {
            chip.files.push_back(info);
            chip.isCoarse = chip.isCoarse || painted.isCoarse;
        }
        open -= painted.pixels;
        if (open == 0) {
            break;
        }
    }
    judgePlace(pixelsOf(patch, view, frame, chip.image), chip);
    return chip;
}

} // namespace app
