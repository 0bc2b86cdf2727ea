#include "layers/joined_source.hpp"

#include "layers/column_names.hpp"
#include "layers/error.hpp"
#include "layers/join_table.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kExamples = 5;

/// Keys that did not match: how many, and the first of them.
struct Keys {
    std::int64_t count = 0;
    std::vector<std::string> first;
    void add(const std::string& key) {
        ++count;
        if (first.size() < kExamples) {
            first.push_back(key.empty() ? "“”" : key);
        }
    }
    [[nodiscard]] std::string text() const { return fmt::format("{}", fmt::join(first, ", ")); }
};

class JoinedSource final : public FeatureSource {
  public:
    JoinedSource(std::unique_ptr<FeatureSource> source, TableJoin join, ProblemLog& log)
        : m_log(log), m_source(std::move(source)), m_join(std::move(join)), m_table(m_join, log),
          m_info(m_source->info()) {
        const auto& members = m_table.members();
        m_info.members.insert(m_info.members.end(), members.begin(), members.end());
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        std::vector<RawFeature> batch = m_source->read(bytes);
        if (!m_isPlaced) {
            placeColumns();
        }
        for (RawFeature& feature : batch) {
            join(feature);
        }
        takeNewFields();
        m_hasFeatures = m_hasFeatures || !batch.empty();
        if (batch.empty() && m_hasFeatures) {
            tellAtEnd();
        }
        return batch;
    }

  private:
    /// The table's columns stand behind the fields known after the first features; fields that a source finds
    /// later come after them.
    void placeColumns() {
        m_isPlaced = true;
        m_info.fields = m_source->info().fields;
        m_at = m_info.fields.size();
        const std::vector<std::string> names = fieldNames(m_info.fields);
        const int key = columnOf(names, m_join.left);
        if (key < 0) {
            throw Error(
                fmt::format("--on {0}：图层 {1} 没有字段“{0}”，现有：{2} / the layer {1} has no field "
                            "\"{0}\"; there are: {2}",
                            m_join.left, m_info.layer, fmt::join(names, ", ")));
        }
        m_key = static_cast<std::size_t>(key);
        m_keyKind = m_info.fields[m_key].kind;
        std::set<std::string> taken;
        for (const SourceField& field : m_info.fields) {
            taken.insert(folded(field.name));
        }
        for (const std::string& column : m_table.columns()) {
            const std::string unique = uniqueName(column, taken);
            if (unique != column) {
                tellRenamed(column, unique);
            }
            m_info.fields.push_back({unique, FieldKind::Text});
        }
    }

    void tellRenamed(const std::string& column, const std::string& unique) {
        Problem problem =
            makeProblem(ProblemKind::FieldAmbiguous, Severity::Warning,
                        {fmt::format("连接的表与图层都有“{}”", column),
                         fmt::format("both the joined table and the layer have \"{}\"", column)},
                        {"表中的列改名为 " + unique, "the table's column is called " + unique});
        problem.field = unique;
        m_log.add(std::move(problem));
    }

    void takeNewFields() {
        const std::vector<SourceField>& fields = m_source->info().fields;
        for (std::size_t n = m_info.fields.size() - m_table.columns().size(); n < fields.size(); ++n) {
            m_info.fields.push_back(fields[n]);
        }
    }

    [[nodiscard]] std::string keyOf(const RawFeature& feature) {
        const std::string& text = feature.values[m_key];
        std::string key = joinKey(text);
        m_folded += key != trimmed(text) ? 1 : 0;
        const std::size_t point = key.find('.');
        if (m_keyKind == FieldKind::Number && point != std::string::npos &&
            key.find_first_not_of('0', point + 1) == std::string::npos) {
            key.resize(point); // 17.000 of a numeric column
        }
        return key;
    }

    void join(RawFeature& feature) {
        feature.values.resize(std::max(feature.values.size(), m_at));
        const std::string key = keyOf(feature);
        const JoinTable::Match match = m_table.find(key);
        const auto place = feature.values.begin() + static_cast<std::ptrdiff_t>(m_at);
        if (match.found == JoinTable::Found::One) {
            feature.values.insert(place, match.values->begin(), match.values->end());
            ++m_matched;
            return;
        }
        feature.values.insert(place, m_table.columns().size(), std::string());
        if (match.found == JoinTable::Found::Ambiguous) {
            m_ambiguous.add(key);
            return;
        }
        m_unmatched.add(key);
        m_otherZeros += m_table.hasWithOtherZeros(key) ? 1 : 0;
    }

    void tell(ProblemKind kind, Severity severity, std::int64_t count, BothLanguages what,
              BothLanguages done) {
        Problem problem = makeProblem(kind, severity, std::move(what), std::move(done));
        problem.count = count;
        problem.field = m_join.left;
        m_log.add(std::move(problem));
    }

    void tellAtEnd() {
        if (std::exchange(m_isTold, true)) {
            return;
        }
        const std::string table = m_join.table.file.filename().string() + "（" + m_table.sheet() + "）";
        const JoinTable::Unused unused = m_table.unused(kExamples);
        const std::string zeros =
            m_otherZeros > 0 ? fmt::format("；其中 {} 个只差前导零", m_otherZeros) : std::string();
        const std::string zerosEn =
            m_otherZeros > 0 ? fmt::format("; {} of them differ by leading zeros only", m_otherZeros)
                             : std::string();
        const std::string unusedText = fmt::format("{}", fmt::join(unused.first, ", "));
        if (m_matched == 0 && m_ambiguous.count == 0) {
            throw Error(fmt::format("--join {0}：没有一个要素与表连接上（图层 {1}：{2}…；表 "
                                    "{3}：{4}…{5}），请核对 --on / no feature "
                                    "matches the table (layer {1}: {2} …; table {3}: {4} …{6}): check --on",
                                    table, m_join.left, m_unmatched.text(), m_join.right, unusedText, zeros,
                                    zerosEn));
        }
        tell(ProblemKind::TableJoined, Severity::Info, m_matched,
             {fmt::format("连接表 {}，{} = {}：表 {} 行，{} 个要素连接上", table, m_join.left, m_join.right,
                          m_table.rows(), m_matched),
              fmt::format("joined {} by {} = {}: {} rows, {} features matched", table, m_join.left,
                          m_join.right, m_table.rows(), m_matched)},
             {m_folded > 0 ? fmt::format("按文本比较；{} 个键的全角字符按半角比较", m_folded) : "按文本比较",
              m_folded > 0
                  ? fmt::format("compared as text; full-width characters of {} keys as half-width", m_folded)
                  : "compared as text"});
        if (m_unmatched.count > 0) {
            tell(ProblemKind::JoinUnmatched, Severity::Warning, m_unmatched.count,
                 {fmt::format("{} 个要素在表 {} 中没有对应的行：{}{}", m_unmatched.count, table,
                              m_unmatched.text(), zeros),
                  fmt::format("{} features have no row in {}: {}{}", m_unmatched.count, table,
                              m_unmatched.text(), zerosEn)},
                 {"表中的列留空", "the table's columns stay empty"});
        }
        if (unused.count > 0) {
            tell(ProblemKind::JoinUnmatched, Severity::Warning, unused.count,
                 {fmt::format("表 {} 有 {} 个键没有对应的要素：{}", table, unused.count, unusedText),
                  fmt::format("{1} keys of {0} have no feature: {2}", table, unused.count, unusedText)},
                 {"这些行不参加核查", "these rows are not checked"});
        }
        if (m_ambiguous.count > 0) {
            tell(ProblemKind::JoinAmbiguous, Severity::Error, m_ambiguous.count,
                 {fmt::format("{} 个要素的键在表 {} 中有多行且内容不同：{}", m_ambiguous.count, table,
                              m_ambiguous.text()),
                  fmt::format("the keys of {} features have several different rows in {}: {}",
                              m_ambiguous.count, table, m_ambiguous.text())},
                 {"不连接，表中的列留空", "not joined, the table's columns stay empty"});
        }
    }

    ProblemLog& m_log;
    std::unique_ptr<FeatureSource> m_source;
    TableJoin m_join;
    JoinTable m_table;
    SourceInfo m_info;
    bool m_isPlaced = false;
    bool m_isTold = false;
    bool m_hasFeatures = false;
    std::size_t m_at = 0;  ///< where the table's columns begin
    std::size_t m_key = 0; ///< slot of the key
    FieldKind m_keyKind = FieldKind::Text;
    std::int64_t m_matched = 0;
    std::int64_t m_folded = 0;
    std::int64_t m_otherZeros = 0;
    Keys m_unmatched;
    Keys m_ambiguous;
};

} // namespace

std::unique_ptr<FeatureSource> joinedSource(std::unique_ptr<FeatureSource> source, const ReadOptions& options,
                                            ProblemLog& log) {
    return options.join ? std::make_unique<JoinedSource>(std::move(source), *options.join, log)
                        : std::move(source);
}

} // namespace layers
