#include "app/report/results_rows.hpp"

#include "app/check/certainty.hpp"
#include "app/check/list_words.hpp"
#include "app/report/row_cells.hpp"

#include <fmt/format.h>

namespace app {

namespace {

using geo::Dimension;
using layers::Bucket;
using layers::Finding;
using layers::Zone;

std::int64_t fidOf(std::size_t slot) {
    return static_cast<std::int64_t>(slot) + 1;
}

std::string_view pathKey(geo::OverlayPath path) {
    switch (path) {
    case geo::OverlayPath::Inside:
        return "inside";
    case geo::OverlayPath::Localised:
        return "localised";
    case geo::OverlayPath::Full:
        break;
    }
    return "full";
}

/// Texts that every row of a zone or judgement shares, made once.
struct SharedTexts {
    std::vector<std::string> verdicts;    ///< 疑似禁止, by judgement
    std::vector<std::string> confidences; ///< A, B, C, by judgement
    std::vector<std::string> originals;   ///< class as received, by zone

    explicit SharedTexts(const CheckResult& result) {
        for (const layers::Judgement& judgement : result.judgements) {
            verdicts.push_back(suspectedVerdict(judgement.verdict));
            confidences.emplace_back(1, layers::confidenceLetter(judgement.confidence));
        }
        for (const Zone& zone : result.zones) {
            originals.push_back(originalClass(zone));
        }
    }
};

/// Area and length: one of them, by what the patch is.
void putMeasure(RowCells& row, Dimension dimension, double measure) {
    if (dimension == Dimension::Area) {
        row.real(measure).empty();
    } else if (dimension == Dimension::Line) {
        row.empty().real(measure);
    } else {
        row.empty(2);
    }
}

/// Appends a word with a separator unless it is there already.
void addWord(std::string& words, std::string_view word) {
    if (word.empty()) {
        return;
    }
    std::size_t start = 0;
    while (start < words.size()) {
        const std::size_t end = std::min(words.find(kListSeparator, start), words.size());
        if (std::string_view(words).substr(start, end - start) == word) {
            return;
        }
        start = end + kListSeparator.size();
    }
    if (!words.empty()) {
        words += kListSeparator;
    }
    words += word;
}

void putAreas(RowCells& row, const PatchResult& found, Dimension dimension) {
    const geo::PatchOverlay& overlay = found.overlay;
    putMeasure(row, dimension, overlay.measure);
    if (dimension == Dimension::Area) {
        row.real(overlay.perimeterM);
    } else {
        row.empty();
    }
    putMeasure(row, dimension, found.covered);
    if (overlay.measure > 0) {
        row.real(found.covered / overlay.measure);
    } else {
        row.empty();
    }
    if (dimension == Dimension::Area) {
        row.real(overlay.uncovered).real(overlay.residual);
    } else {
        row.empty(2);
    }
}

/// Certainty, verdicts, priority, rules, basis and confidence of the main finding.
void putMainFinding(RowCells& row, const CheckResult& result, const PatchResult& found,
                    const SharedTexts& texts) {
    row.integer(static_cast<std::int64_t>(found.findings.size()));
    if (found.findings.empty()) {
        row.empty(8);
        return;
    }
    const Finding& main = found.findings.front();
    const layers::Judgement& then = result.judgements[main.atDate];
    row.text(layers::certaintyKey(main.certainty))
        .text(texts.verdicts[main.atDate])
        .text(texts.verdicts[main.today])
        .integer(then.priority)
        .text(then.ruleId)
        .text(result.judgements[main.today].ruleId)
        .text(then.basis)
        .text(texts.confidences[main.atDate]);
}

void putZoneWords(RowCells& row, const CheckResult& result, const PatchResult& found,
                  const SharedTexts& texts, std::string& kinds, std::string& names) {
    if (found.findings.empty()) {
        row.empty(5);
        return;
    }
    kinds.clear();
    names.clear();
    for (const Finding& finding : found.findings) {
        const Zone& zone = result.zones[finding.zone];
        addWord(kinds, layers::zoneKindNameZh(zone.kind));
        addWord(names, zone.name);
    }
    const Finding& main = found.findings.front();
    row.text(kinds)
        .text(names)
        .text(result.zones[main.zone].level)
        .text(findingClass(result, main))
        .text(texts.originals[main.zone]);
}

/// The finding of each overlap of a patch; null where it does not count.
void findingsByOverlap(const PatchResult& found, std::vector<const Finding*>& byOverlap) {
    byOverlap.assign(found.overlay.overlaps.size(), nullptr);
    for (const Finding& finding : found.findings) {
        byOverlap[finding.overlap] = &finding;
    }
}

} // namespace

void ResultsRows::writeAll(const Step& step) {
    m_writer.useTable("patches");
    writePatches(step);
    m_writer.useTable("overlaps");
    writeOverlaps(step);
    m_writer.useTable("atoms");
    writeAtoms(step);
    m_writer.useTable("near");
    writeNear();
    m_writer.useTable("rejects");
    writeRejects();
    m_writer.useTable("problems");
    writeProblems();
    m_writer.useTable("zones");
    writeZones();
    m_writer.useTable("judgements");
    writeJudgements();
}

void ResultsRows::writePatches(const Step& step) {
    const SharedTexts texts(m_result);
    std::vector<std::size_t> place(m_result.patches.size(), m_result.listed.size());
    for (std::size_t n = 0; n < m_result.listed.size(); ++n) {
        place[static_cast<std::size_t>(m_result.listed[n])] = n;
    }
    std::vector<CountyWords> counties;
    for (std::int32_t county = -1; county < static_cast<std::int32_t>(m_result.counties.size()); ++county) {
        counties.push_back(countyWords(m_result, county));
    }
    const CountyWords unknown;
    std::string kinds;
    std::string names;
    constexpr std::size_t kWidth = 64;
    RowCells row(kWidth);
    for (std::size_t i = 0; i < m_result.patches.size(); ++i) {
        step();
        const layers::Patch& patch = m_result.patches[i];
        const PatchResult& found = m_result.results[i];
        const Dimension dimension = patch.shape.dimension();
        const CountyWords& county =
            found.counties.empty() ? unknown
                                   : counties[static_cast<std::size_t>(found.counties.front().county) + 1];
        row.begin();
        if (place[i] < m_result.listed.size()) {
            row.integer(fidOf(place[i])).text(m_result.taskNumbers[place[i]]);
        } else {
            row.empty(2);
        }
        row.text(patch.id)
            .text(patch.batch.empty() ? m_result.batch : patch.batch)
            .text(layers::bucketKey(found.bucket))
            .text(county.city)
            .text(county.name)
            .text(county.code);
        putZoneWords(row, m_result, found, texts, kinds, names);
        row.text(patch.activity)
            .text(activityText(m_result, patch))
            .text(changeText(patch))
            .text(dateText(patch.earlier))
            .text(dateText(patch.later));
        row.text(found.date ? layers::isoFromDay(*found.date) : std::string());
        row.real(found.place.x).real(found.place.y);
        putAreas(row, found, dimension);
        row.real(patch.statedAreaM2);
        putMainFinding(row, m_result, found, texts);
        if (found.bucket == Bucket::Duplicate) {
            row.integer(m_ids.patch(static_cast<std::size_t>(found.duplicateOf))).real(found.duplicateShare);
        } else {
            row.empty(2);
        }
        putSource(row, patch.input, patch.feature);
        row.text(fmt::format("{:016x}", geo::normalisedHash(patch.shape)));
        m_writer.addRow(row.cells(), &patch.shape);
    }
}

void ResultsRows::writeOverlaps(const Step& step) {
    const SharedTexts texts(m_result);
    std::vector<const Finding*> byOverlap;
    constexpr std::size_t kWidth = 64;
    RowCells row(kWidth);
    for (std::size_t i = 0; i < m_result.patches.size(); ++i) {
        step();
        const layers::Patch& patch = m_result.patches[i];
        const PatchResult& found = m_result.results[i];
        const Dimension dimension = patch.shape.dimension();
        findingsByOverlap(found, byOverlap);
        for (std::size_t k = 0; k < found.overlay.overlaps.size(); ++k) {
            const geo::ZoneOverlap& overlap = found.overlay.overlaps[k];
            const Zone& zone = m_result.zones[overlap.zone];
            row.begin()
                .integer(m_ids.patch(i))
                .text(patch.id)
                .text(layers::bucketKey(found.bucket))
                .integer(m_ids.zone(overlap.zone))
                .text(layers::roleKey(zone.role))
                .text(layers::zoneKindCode(zone.kind))
                .text(zone.name)
                .text(zone.zoneClass)
                .text(texts.originals[overlap.zone])
                .text(zone.version)
                .text(zone.approval);
            putMeasure(row, dimension, overlap.measure);
            if (found.overlay.measure > 0) {
                row.real(overlap.measure / found.overlay.measure);
            } else {
                row.empty();
            }
            if (dimension == Dimension::Area) {
                const AreaRange range = areaRange(overlap, found.overlay.measure, m_result.settings);
                row.real(meanWidthM(overlap.measure, overlap.perimeterM))
                    .real(range.leastM2)
                    .real(range.mostM2)
                    .real(overlap.boundaryLengthM);
            } else {
                row.empty(4);
            }
            row.text(layers::certaintyKey(found.certainty[k]));
            if (const Finding* finding = byOverlap[k]) {
                const layers::Judgement& then = m_result.judgements[finding->atDate];
                row.text(texts.verdicts[finding->atDate])
                    .text(texts.verdicts[finding->today])
                    .integer(then.priority)
                    .text(then.ruleId)
                    .text(m_result.judgements[finding->today].ruleId)
                    .text(then.basis)
                    .integer(m_ids.judgement(finding->atDate))
                    .integer(m_ids.judgement(finding->today));
            } else {
                row.empty(8);
            }
            row.text(pathKey(overlap.path));
            m_writer.addRow(row.cells(), overlap.whole ? &patch.shape : &overlap.shape);
        }
    }
}

void ResultsRows::writeAtoms(const Step& step) {
    constexpr std::size_t kWidth = 16;
    RowCells row(kWidth);
    std::string zones;
    std::string kinds;
    std::string classes;
    for (std::size_t i = 0; i < m_result.patches.size(); ++i) {
        step();
        const layers::Patch& patch = m_result.patches[i];
        const Dimension dimension = patch.shape.dimension();
        for (const geo::Atom& atom : m_result.results[i].overlay.atoms) {
            zones.clear();
            kinds.clear();
            classes.clear();
            for (const std::uint32_t number : atom.zones) {
                const Zone& zone = m_result.zones[number];
                zones += (zones.empty() ? "" : kListSeparator);
                fmt::format_to(std::back_inserter(zones), "{}", m_ids.zone(number));
                addWord(kinds, layers::zoneKindCode(zone.kind));
                addWord(classes, zone.zoneClass);
            }
            row.begin()
                .integer(m_ids.patch(i))
                .text(zones)
                .text(kinds)
                .text(classes)
                .integer(atom.zones.empty() ? 0 : 1);
            putMeasure(row, dimension, atom.measure);
            m_writer.addRow(row.cells(), atom.whole ? &patch.shape : &atom.shape);
        }
    }
}

void ResultsRows::writeNear() {
    constexpr std::size_t kWidth = 16;
    RowCells row(kWidth);
    geo::Shape line;
    line.lines.resize(1);
    for (std::size_t i = 0; i < m_result.patches.size(); ++i) {
        const PatchResult& found = m_result.results[i];
        std::int64_t rank = 0;
        for (const geo::NearZone& near : found.overlay.near) {
            const Zone& zone = m_result.zones[near.zone];
            row.begin()
                .integer(m_ids.patch(i))
                .text(m_result.patches[i].id)
                .text(layers::bucketKey(found.bucket))
                .integer(m_ids.zone(near.zone))
                .text(layers::roleKey(zone.role))
                .text(layers::zoneKindCode(zone.kind))
                .text(zone.name)
                .text(zone.zoneClass)
                .real(near.distanceM)
                .real(near.distanceM > 0 ? std::optional<double>(near.azimuthDeg) : std::nullopt)
                .integer(++rank)
                .real(near.onZone.x)
                .real(near.onZone.y);
            line.lines.front() = {near.onShape, near.onZone};
            // Where they touch there is no line to draw.
            m_writer.addRow(row.cells(), near.onShape == near.onZone ? nullptr : &line);
        }
    }
}

} // namespace app
