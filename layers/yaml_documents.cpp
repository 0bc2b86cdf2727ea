#include "layers/yaml_documents.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>

namespace layers {

namespace {

/// Listens for documents that begin where the last one began.
class DocumentWatch final : public YAML::EventHandler {
  public:
    [[nodiscard]] const std::optional<TextPlace>& standstill() const { return m_standstill; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (m_last == mark.pos) {
            m_standstill = TextPlace{mark.pos, mark.line, mark.column};
        }
        m_last = mark.pos;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  const std::string& /*value*/) override {}
    void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override {}
    void OnMapEnd() override {}

  private:
    std::optional<int> m_last;
    std::optional<TextPlace> m_standstill;
};

} // namespace

std::optional<TextPlace> endlessDocument(const std::string& text) {
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        DocumentWatch watch;
        while (!watch.standstill() && parser.HandleNextDocument(watch)) {
        }
        return watch.standstill();
    } catch (const YAML::Exception&) {
        return std::nullopt; // LoadAll says what is wrong
    }
}

} // namespace layers
