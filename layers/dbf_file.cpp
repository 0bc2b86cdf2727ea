#include "layers/dbf_file.hpp"

#include "layers/error.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <span>

namespace layers {

namespace {

constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kRowCountAt = 4;
constexpr std::size_t kHeaderSizeAt = 8;
constexpr std::size_t kRowSizeAt = 10;
constexpr std::size_t kLanguageDriverAt = 29;
constexpr std::size_t kColumnBytes = 32;
constexpr std::size_t kNameBytes = 11;
constexpr std::size_t kTypeAt = 11;
constexpr std::size_t kWidthAt = 16;
constexpr std::size_t kDecimalsAt = 17;
constexpr unsigned char kHeaderEnd = 0x0D;
constexpr char kDeletedMark = '*';
constexpr std::size_t kNumberWidthMost = 20; ///< dBase's own limit
constexpr std::size_t kSampleRows = 5000;
constexpr std::size_t kSampleTexts = 4000;
constexpr std::size_t kShownSamples = 5;

std::string textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Without the padding: spaces at the end (and around numbers), and all from a NUL on.
std::string_view withoutPadding(std::string_view text) {
    text = text.substr(0, text.find('\0'));
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    return text;
}

Problem tableProblem(ProblemKind kind, std::string zh, std::string en, std::string doneZh,
                     std::string doneEn) {
    Problem problem;
    problem.kind = kind;
    problem.textZh = std::move(zh);
    problem.textEn = std::move(en);
    problem.doneZh = std::move(doneZh);
    problem.doneEn = std::move(doneEn);
    return problem;
}

/// A number field filled with asterisks or zeros-by-padding is dBase's way to say "none".
bool isBlankNumber(std::string_view text) {
    return text.empty() || text.find_first_not_of('*') == std::string_view::npos;
}

FieldKind kindOf(char type) {
    switch (type) {
    case 'N':
    case 'F':
        return FieldKind::Number;
    case 'D':
        return FieldKind::Date;
    default:
        return FieldKind::Text;
    }
}

/// The first different samples as they come out in an encoding.
std::vector<std::string> shown(const std::vector<std::string>& samples, const std::string& encoding) {
    std::vector<std::string> texts;
    for (const std::string& sample : samples) {
        if (texts.size() == kShownSamples) {
            break;
        }
        std::string text = recoded(sample, encoding).text;
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
            texts.push_back(std::move(text));
        }
    }
    return texts;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) {
        all += (all.empty() ? "" : "、") + text;
    }
    return all;
}

std::string firstLine(const std::filesystem::path& file) {
    constexpr std::size_t kMost = 64;
    std::ifstream in(file, std::ios::binary);
    std::string text(kMost, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    text = text.substr(0, text.find_first_of("\r\n"));
    return std::string(withoutPadding(text));
}

} // namespace

DbfFile::DbfFile(const std::filesystem::path& dbf, ProblemLog& log) : m_bytes(dbf) {
    const auto header = m_bytes.at(0, kHeaderBytes);
    const auto unusable = [&](const std::string& zh, const std::string& en) {
        Problem problem = tableProblem(ProblemKind::FileDamaged, ".dbf 属性表无法读取：" + zh,
                                       "the attribute table .dbf cannot be read: " + en,
                                       "只读取几何，属性缺失", "geometry only, attributes are missing");
        problem.severity = Severity::Error;
        log.add(std::move(problem));
    };
    if (header.empty()) {
        unusable("文件不足 32 字节", "fewer than 32 bytes");
        return;
    }
    m_claimedRows = littleU32(header, kRowCountAt);
    m_headerBytes = littleU16(header, kHeaderSizeAt);
    m_rowBytes = littleU16(header, kRowSizeAt);
    m_languageDriver = std::to_integer<std::uint8_t>(header[kLanguageDriverAt]);
    if (m_headerBytes <= kHeaderBytes || m_headerBytes > m_bytes.size() || m_rowBytes == 0) {
        unusable("文件头长度与文件不符", "the header length does not fit the file");
        return;
    }
    readColumns(m_headerBytes, log);
    m_rows = std::min<std::uint64_t>(m_claimedRows, (m_bytes.size() - m_headerBytes) / m_rowBytes);
}

void DbfFile::readColumns(std::size_t headerBytes, ProblemLog& log) {
    std::size_t offset = 1; // behind the deletion mark
    std::string wide;
    for (std::size_t at = kHeaderBytes; at + kColumnBytes <= headerBytes; at += kColumnBytes) {
        const auto descriptor = m_bytes.at(at, kColumnBytes);
        if (descriptor.empty() || std::to_integer<unsigned char>(descriptor[0]) == kHeaderEnd) {
            break;
        }
        Column column;
        column.rawName = withoutPadding(textOf(descriptor.first(kNameBytes)));
        column.type = std::to_integer<char>(descriptor[kTypeAt]);
        column.width = std::to_integer<std::size_t>(descriptor[kWidthAt]);
        if (column.type == 'C') { // long text columns keep their high byte where numbers have decimals
            constexpr std::size_t kByte = 256;
            column.width += std::to_integer<std::size_t>(descriptor[kDecimalsAt]) * kByte;
        } else if (kindOf(column.type) == FieldKind::Number && column.width > kNumberWidthMost) {
            wide += (wide.empty() ? "" : ", ") + column.rawName;
        }
        column.offset = offset;
        offset += column.width;
        m_columns.push_back(std::move(column));
    }
    if (!wide.empty()) {
        Problem problem =
            tableProblem(ProblemKind::FileDamaged, ".dbf 文件头不合 dBase 规范，数值列宽度超过 20：" + wide,
                         "the .dbf header breaks dBase's rules, numeric columns wider than 20: " + wide,
                         "按文本读取", "read as text");
        problem.severity = Severity::Info; // GDAL writes such columns every day
        log.add(std::move(problem));
    }
    std::string beyond;
    std::erase_if(m_columns, [&](const Column& column) {
        const bool out = column.offset + column.width > m_rowBytes;
        if (out) {
            beyond += (beyond.empty() ? "" : ", ") + column.rawName;
        }
        return out;
    });
    if (!beyond.empty() || offset != m_rowBytes) {
        log.add(tableProblem(ProblemKind::FileDamaged,
                             ".dbf 文件头中各列宽度之和（" + std::to_string(offset) + "）与记录长度（" +
                                 std::to_string(m_rowBytes) + "）不符" +
                                 (beyond.empty() ? "" : "，无法读取的列：" + beyond),
                             "the .dbf header's column widths (" + std::to_string(offset) +
                                 ") and row size (" + std::to_string(m_rowBytes) + ") disagree" +
                                 (beyond.empty() ? "" : ", columns that cannot be read: " + beyond),
                             "其余列照读", "the other columns are read"));
    }
}

std::span<const std::byte> DbfFile::row(std::uint64_t number) {
    return number < m_rows ? m_bytes.at(m_headerBytes + number * m_rowBytes, m_rowBytes)
                           : std::span<const std::byte>();
}

bool DbfFile::isDeleted(std::uint64_t number) {
    const auto bytes = row(number);
    return !bytes.empty() && std::to_integer<char>(bytes[0]) == kDeletedMark;
}

std::vector<std::string> DbfFile::sampleTexts() {
    std::vector<std::string> samples;
    for (const Column& column : m_columns) {
        if (!isAscii(column.rawName)) {
            samples.push_back(column.rawName);
        }
    }
    const std::uint64_t step = std::max<std::uint64_t>(1, m_rows / kSampleRows);
    for (std::uint64_t number = 0; number < m_rows && samples.size() < kSampleTexts; number += step) {
        const auto bytes = row(number);
        for (const Column& column : m_columns) {
            const std::string text = textOf(bytes.subspan(column.offset, column.width));
            if (kindOf(column.type) == FieldKind::Text && !isAscii(text)) {
                samples.emplace_back(withoutPadding(text));
            }
        }
    }
    return samples;
}

EncodingDecision DbfFile::decided(const std::filesystem::path& cpg, const std::string& given,
                                  const std::vector<std::string>& samples, ProblemLog& log) const {
    if (!given.empty()) {
        const std::string name = encodingFromName(given);
        if (name.empty()) {
            throw Error("--encoding " + given +
                        "：不认识的编码，可用 GBK、GB18030、UTF-8 等 / not an encoding that a .dbf can have: "
                        "try GBK, "
                        "GB18030, UTF-8");
        }
        EncodingDecision kept{name, "given by --encoding", false, false, {}};
        const EncodingDecision checked = encodingFromLabel(name, kept.reason, samples);
        if (!checked.overruled.empty()) { // the user's word stands, and is told
            log.add(tableProblem(
                ProblemKind::EncodingDoubtful, "--encoding 给出 " + name + "，但字节更像 " + checked.name,
                "--encoding gives " + name + " but the bytes look like " + checked.name,
                "按给定的 " + name + " 读取；请核对示例：" + joined(shown(samples, name)),
                "read as " + name + ", as given; check the samples: " + joined(shown(samples, name))));
        }
        return kept;
    }
    const std::string cpgText = cpg.empty() ? std::string() : firstLine(cpg);
    const std::string fromDriver = encodingFromLanguageDriver(m_languageDriver);
    EncodingDecision decision;
    if (const std::string name = encodingFromName(cpgText); !name.empty()) {
        return encodingFromLabel(name, "from .cpg", samples);
    }
    decision = fromDriver.empty() ? encodingFromBytes(samples)
                                  : encodingFromLabel(fromDriver, "language driver of the .dbf", samples);
    if (!cpg.empty()) {
        log.add(tableProblem(ProblemKind::EncodingDoubtful, ".cpg 写的编码“" + cpgText + "”不能用于 .dbf",
                             "the encoding \"" + cpgText + "\" of the .cpg cannot be used for a .dbf",
                             "改按 " + decision.name + " 读取（" + decision.reason + "）",
                             "read as " + decision.name + " (" + decision.reason + ")"));
    }
    return decision;
}

void DbfFile::decideEncoding(const std::filesystem::path& cpg, const std::string& given, ProblemLog& log) {
    const std::vector<std::string> samples = sampleTexts();
    m_encoding = decided(cpg, given, samples, log);
    m_samples = shown(samples, m_encoding.name);
    std::size_t faulty = 0;
    for (const std::string& sample : samples) {
        faulty += recoded(sample, m_encoding.name).faulty;
    }
    if (m_encoding.guessed || m_encoding.doubtful || faulty > 0) {
        const bool doubtful = m_encoding.doubtful || faulty > 0 || !m_encoding.overruled.empty();
        const std::string& wrong = m_encoding.overruled;
        Problem problem = tableProblem(
            doubtful ? ProblemKind::EncodingDoubtful : ProblemKind::EncodingGuessed,
            (wrong.empty() ? "" : "标明的编码（" + wrong + "）与字节不符；") + "属性编码按 " +
                m_encoding.name + " 读取（" + m_encoding.reason + "），示例：" + joined(m_samples),
            (wrong.empty() ? "" : "the stated encoding (" + wrong + ") does not fit the bytes; ") +
                "attributes read as " + m_encoding.name + " (" + m_encoding.reason +
                "), samples: " + joined(m_samples),
            "请核对示例；不对时用 --encoding 指定", "check the samples; if they are wrong give --encoding");
        problem.severity = doubtful ? Severity::Warning : Severity::Info;
        problem.count = std::max<std::int64_t>(1, static_cast<std::int64_t>(faulty));
        log.add(std::move(problem));
    }
    nameColumns(log);
}

void DbfFile::nameColumns(ProblemLog& log) {
    std::set<std::string> taken;
    for (const Column& column : m_columns) {
        const std::string name = recoded(column.rawName, m_encoding.name).text;
        std::string unique = name;
        for (int n = 2; !taken.insert(folded(unique)).second; ++n) {
            unique = name + "_" + std::to_string(n);
        }
        if (unique != name) {
            Problem problem = tableProblem(ProblemKind::FieldAmbiguous, "属性表有同名列“" + name + "”",
                                           "the attribute table has two columns \"" + name + "\"",
                                           "后一列改名为 " + unique, "the later one is renamed " + unique);
            problem.field = unique;
            log.add(std::move(problem));
        }
        constexpr std::size_t kNameMost = kNameBytes - 1;
        const std::size_t next = isAscii(column.rawName) ? 1 : m_encoding.name == "UTF-8" ? 3 : 2;
        m_fields.push_back({unique, kindOf(column.type), column.rawName.size() + next > kNameMost});
    }
}

std::vector<std::string> DbfFile::values(std::uint64_t number, ProblemLog& log) {
    std::vector<std::string> values(m_columns.size());
    const auto bytes = row(number);
    if (bytes.empty()) {
        return values;
    }
    for (std::size_t n = 0; n < m_columns.size(); ++n) {
        const Column& column = m_columns[n];
        const std::string cell = textOf(bytes.subspan(column.offset, column.width));
        const std::string_view text = withoutPadding(cell);
        if (m_fields[n].kind == FieldKind::Text) {
            values[n] = recoded(text, m_encoding.name).text;
            continue;
        }
        if (isBlankNumber(text) ||
            (m_fields[n].kind == FieldKind::Date && text.find_first_not_of('0') == std::string_view::npos)) {
            continue;
        }
        values[n] = recoded(text, m_encoding.name).text;
        if (m_fields[n].kind == FieldKind::Number && !parseNumber(text)) {
            Problem problem =
                tableProblem(ProblemKind::ValueUnreadable, "数值列中有不是数字的值，例如“" + values[n] + "”",
                             "a numeric column holds what is not a number", "保留原文，不当作 0",
                             "kept as text, never taken as 0");
            problem.field = m_fields[n].name;
            problem.feature = static_cast<std::int64_t>(number);
            log.addGrouped(std::move(problem));
        }
    }
    return values;
}

} // namespace layers
