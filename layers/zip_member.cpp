#include "layers/zip_member.hpp"

#include <cpl_vsi.h>

#include <memory>

namespace layers {

std::string zipRoot(const std::filesystem::path& archive) {
    return "/vsizip/{" + archive.string() + "}";
}

void readXmlMember(const std::string& member,
                   const std::function<void(std::string_view tag, std::string_view text)>& take) {
    constexpr std::size_t kPieceBytes = std::size_t{256} << 10U;
    struct Closer {
        void operator()(VSILFILE* file) const { VSIFCloseL(file); }
    };
    const std::unique_ptr<VSILFILE, Closer> file(VSIFOpenL(member.c_str(), "rb"));
    if (!file) {
        return;
    }
    XmlTags tags;
    std::string piece(kPieceBytes, '\0');
    for (std::size_t got = piece.size(); got == piece.size();) {
        got = VSIFReadL(piece.data(), 1, piece.size(), file.get());
        tags.add(std::string_view(piece).substr(0, got), take);
    }
}

} // namespace layers
