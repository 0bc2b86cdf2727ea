#pragma once

#include "layers/feature_source.hpp"
#include "layers/profile.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace layers {

/// One of our fields and where its value comes from.
struct MappedField {
    ProfileField rule;       ///< dictionary and unit
    int slot = -1;           ///< source field, or -1
    bool isConstant = false; ///< rule.constant for every feature
    FieldKind kind = FieldKind::Text;
    std::string source; ///< name of the source field, or "const:value", "" when unmapped

    [[nodiscard]] bool isMapped() const { return slot >= 0 || isConstant; }
    [[nodiscard]] std::string_view value(const std::vector<std::string>& values) const {
        return slot >= 0 ? std::string_view(values[static_cast<std::size_t>(slot)])
                         : std::string_view(rule.constant);
    }
};

/// How a layer's fields become ours: the profile, with --map over it.
class FieldMapping {
  public:
    /// Throws layers::Error where no profile fits, two fit equally, a field asked for is not there or a
    /// required one is missing: the message lists the candidates and the option that settles it.
    FieldMapping(const SourceInfo& source, const ReadOptions& options, const std::string& file,
                 ProblemLog& log);

    /// The field of that name; an unmapped one when nothing carries it.
    [[nodiscard]] const MappedField& field(std::string_view target) const;
    [[nodiscard]] const std::string& profile() const { return m_profile; }
    [[nodiscard]] bool isGeneric() const { return m_generic; }
    /// Our field <- source, for the report.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> report() const;

  private:
    void addField(const std::string& target, const SourceInfo& source, const ReadOptions& options,
                  const ImportProfile* profile, const std::string& file, ProblemLog& log);
    void fillGeneric(const SourceInfo& source, const ReadOptions& options, ProblemLog& log);
    void noteCutNames(const SourceInfo& source, const ReadOptions& options, const ImportProfile& profile,
                      ProblemLog& log) const;
    void noteLeftOut(const SourceInfo& source, const ReadOptions& options, ProblemLog& log) const;

    std::string m_profile;
    bool m_generic = false;
    std::vector<MappedField> m_fields;
};

/// Translations of the words met so far, so that each is looked up once.
class WordCache {
  public:
    explicit WordCache(const MappedField& field) : m_field(field) {}
    /// Translates the words of a batch; not thread-safe.
    void learn(const std::vector<RawFeature>& features);
    /// The meaning of a value learned before; null for an unknown word. Thread-safe after learn().
    [[nodiscard]] const Translation* find(std::string_view value) const;
    [[nodiscard]] const MappedField& field() const { return m_field; }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    void learnWord(std::string_view word);

    const MappedField& m_field;
    std::unordered_map<std::string, std::optional<Translation>, Hash, std::equal_to<>> m_words;
};

} // namespace layers
