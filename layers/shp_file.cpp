#include "layers/shp_file.hpp"

#include "layers/error.hpp"
#include "layers/shp_geometry.hpp"

#include <algorithm>

namespace layers {

namespace {

constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kRecordHeaderBytes = 8;
constexpr std::size_t kIndexEntryBytes = 8;
constexpr std::size_t kFileCodeAt = 0;
constexpr std::uint32_t kFileCode = 9994;
constexpr std::size_t kLengthAt = 24; ///< in words of two bytes
constexpr std::size_t kTypeAt = 32;
constexpr std::uint64_t kWordBytes = 2;
constexpr std::uint64_t kResyncBytes = std::uint64_t{1} << 20U; ///< how far a gap between records may reach
constexpr std::size_t kNamed = 20; ///< lost features named one by one in a message

Problem fileProblem(ProblemKind kind, std::string zh, std::string en, std::string doneZh,
                    std::string doneEn) {
    Problem problem;
    problem.kind = kind;
    problem.textZh = std::move(zh);
    problem.textEn = std::move(en);
    problem.doneZh = std::move(doneZh);
    problem.doneEn = std::move(doneEn);
    return problem;
}

std::string nameOf(const FileBytes& bytes) {
    return bytes.file().filename().string();
}

} // namespace

ShpFile::ShpFile(const std::filesystem::path& shp, const std::filesystem::path& shx, ProblemLog& log)
    : m_bytes(shp) {
    checkHeader(log);
    if (shx.empty()) {
        log.add(fileProblem(ProblemKind::MemberMissing, "缺少 .shx 索引文件", "the index .shx is missing",
                            "已按 .shp 内容在内存中重建索引", "index rebuilt in memory from the .shp"));
        scanFrom(kHeaderBytes, 1);
    } else {
        readIndex(shx, log);
        completeIndex(log);
    }
    reportLost(log);
}

void ShpFile::checkHeader(ProblemLog& log) {
    const std::string name = nameOf(m_bytes);
    if (m_bytes.size() == 0) {
        throw Error(
            name +
            "：.shp 文件为空（0 字节），请重新取得数据 / the .shp is empty (0 bytes): get the data again");
    }
    const auto header = m_bytes.at(0, kHeaderBytes);
    if (header.empty() || bigU32(header, kFileCodeAt) != kFileCode ||
        !isShapeType(littleU32(header, kTypeAt))) {
        throw Error(name + "：不是 Shapefile（文件头不符），请检查文件是否改过扩展名 / not a shapefile (its "
                           "header does not fit): "
                           "was the extension changed?");
    }
    m_shapeType = littleU32(header, kTypeAt);
    const std::uint64_t claimed = bigU32(header, kLengthAt) * kWordBytes;
    if (claimed != m_bytes.size()) {
        const std::string sizes = std::to_string(claimed) + " / " + std::to_string(m_bytes.size());
        log.add(fileProblem(ProblemKind::FileDamaged, ".shp 文件头记的长度与实际长度不符（字节）：" + sizes,
                            "the length in the .shp header and the file's own differ (bytes): " + sizes,
                            "逐条检查记录，只读取完整的记录",
                            "records checked one by one, only whole ones are read"));
    }
}

void ShpFile::readIndex(const std::filesystem::path& shx, ProblemLog& log) {
    FileBytes index(shx);
    const auto header = index.at(0, kHeaderBytes);
    if (header.empty() || bigU32(header, kFileCodeAt) != kFileCode) {
        log.add(fileProblem(ProblemKind::FileDamaged, ".shx 索引文件损坏（文件头不符）",
                            "the index .shx is damaged (header)", "已按 .shp 内容在内存中重建索引",
                            "index rebuilt in memory from the .shp"));
        return;
    }
    const std::uint64_t claimed = bigU32(header, kLengthAt) * kWordBytes;
    if (claimed > index.size()) {
        const std::string counts = std::to_string((index.size() - kHeaderBytes) / kIndexEntryBytes) + " / " +
                                   std::to_string((claimed - kHeaderBytes) / kIndexEntryBytes);
        log.add(fileProblem(ProblemKind::FileDamaged, ".shx 索引文件不完整，条目数：" + counts,
                            "the index .shx is cut off, entries: " + counts, "已按 .shp 内容在内存中补全索引",
                            "index completed in memory from the .shp"));
    }
    const std::uint64_t end = claimed < kHeaderBytes ? index.size() : std::min(claimed, index.size());
    for (std::uint64_t at = kHeaderBytes; at + kIndexEntryBytes <= end; at += kIndexEntryBytes) {
        const auto entry = index.at(at, kIndexEntryBytes);
        ShpRecord record;
        record.offset = bigU32(entry, 0) * kWordBytes + kRecordHeaderBytes;
        record.length = 0;
        const std::uint64_t length = bigU32(entry, sizeof(std::uint32_t)) * kWordBytes;
        if (record.offset + length > m_bytes.size() || record.offset < kHeaderBytes + kRecordHeaderBytes) {
            record.faultZh = "记录超出 .shp 文件末尾（文件被截断）";
            record.faultEn = "the record lies beyond the end of the .shp (file cut off)";
        } else {
            record.length = static_cast<std::uint32_t>(length);
        }
        m_records.push_back(std::move(record));
    }
}

std::uint64_t ShpFile::endOfRecords() const {
    std::uint64_t end = kHeaderBytes;
    for (const ShpRecord& record : m_records) {
        end = std::max(end, record.offset + record.length);
    }
    return end;
}

bool ShpFile::plausibleRecord(std::uint64_t offset, std::uint32_t number) {
    const auto header = m_bytes.at(offset, kRecordHeaderBytes + sizeof(std::uint32_t));
    if (header.empty() || bigU32(header, 0) != number) {
        return false;
    }
    const std::uint64_t length = bigU32(header, sizeof(std::uint32_t)) * kWordBytes;
    const std::uint32_t type = littleU32(header, kRecordHeaderBytes);
    return (type == 0 || type == m_shapeType) && length >= sizeof(std::uint32_t);
}

void ShpFile::scanFrom(std::uint64_t offset, std::uint32_t number) {
    while (offset + kRecordHeaderBytes < m_bytes.size()) {
        std::uint64_t at = offset;
        while (at < offset + kResyncBytes && at + kRecordHeaderBytes < m_bytes.size() &&
               !plausibleRecord(at, number)) {
            at += kWordBytes;
        }
        if (!plausibleRecord(at, number)) {
            return;
        }
        ShpRecord record;
        record.offset = at + kRecordHeaderBytes;
        const std::uint64_t length =
            bigU32(m_bytes.at(at, kRecordHeaderBytes), sizeof(std::uint32_t)) * kWordBytes;
        if (record.offset + length > m_bytes.size()) {
            record.faultZh = "记录超出 .shp 文件末尾（文件被截断）";
            record.faultEn = "the record lies beyond the end of the .shp (file cut off)";
        } else {
            record.length = static_cast<std::uint32_t>(length);
        }
        offset = record.offset + length;
        m_records.push_back(std::move(record));
        ++number;
    }
}

void ShpFile::completeIndex(ProblemLog& log) {
    const std::size_t indexed = m_records.size();
    const std::uint64_t end = endOfRecords();
    if (!plausibleRecord(end, static_cast<std::uint32_t>(indexed + 1))) {
        return;
    }
    scanFrom(end, static_cast<std::uint32_t>(indexed + 1));
    const std::string counts = std::to_string(indexed) + " / " + std::to_string(m_records.size());
    log.add(fileProblem(ProblemKind::FileDamaged, ".shx 索引少于 .shp 中的记录：" + counts,
                        "the index .shx has fewer entries than the .shp has records: " + counts,
                        "已按 .shp 内容在内存中补全索引，全部记录都读取",
                        "index completed in memory from the .shp, every record is read"));
}

void ShpFile::reportLost(ProblemLog& log) const {
    std::size_t lost = 0;
    std::string names;
    for (std::size_t n = 0; n < m_records.size(); ++n) {
        if (m_records[n].faultEn.empty()) {
            continue;
        }
        if (++lost <= kNamed) {
            names += (names.empty() ? "" : ", ") + std::to_string(n + 1);
        }
    }
    if (lost == 0) {
        return;
    }
    names += lost > kNamed ? ", …" : "";
    const std::string count = std::to_string(m_records.size());
    if (lost == m_records.size()) {
        throw Error(nameOf(m_bytes) + "：索引列出 " + count +
                    " 个要素，但 .shp 中没有一条完整记录（文件被截断），请重新取得数据 / the .shp "
                    "holds no records although the index names " +
                    count + " (file cut off): get the data again");
    }
    const std::string readable = std::to_string(m_records.size() - lost);
    Problem problem = fileProblem(ProblemKind::FeaturesLost,
                                  ".shp 被截断：" + count + " 个要素中只能读取 " + readable + " 个，丢失第 " +
                                      names + " 个",
                                  "the .shp is cut off: " + readable + " of " + count +
                                      " features could be read, lost are number " + names,
                                  "丢失的要素列入 rejects", "the lost features are listed as rejects");
    problem.severity = Severity::Error;
    problem.count = static_cast<std::int64_t>(lost);
    log.add(std::move(problem));
}

void ShpFile::readGeometry(std::size_t n, RawFeature& feature) {
    const ShpRecord& record = m_records[n];
    if (!record.faultEn.empty()) {
        feature.geometry = RawFeature::Geometry::Damaged;
        feature.faultZh = record.faultZh;
        feature.faultEn = record.faultEn;
        return;
    }
    const ShpGeometry geometry = shpGeometry(m_bytes.at(record.offset, record.length));
    feature.shape = geometry.shape;
    feature.hasZ = geometry.hasZ;
    feature.hasM = geometry.hasM;
    feature.faultZh = geometry.faultZh;
    feature.faultEn = geometry.faultEn;
    if (!geometry.faultEn.empty()) {
        feature.geometry = RawFeature::Geometry::Damaged;
    } else {
        feature.geometry =
            feature.shape.isEmpty() ? RawFeature::Geometry::None : RawFeature::Geometry::Decoded;
    }
}

} // namespace layers
