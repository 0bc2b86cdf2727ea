#include "layers/private_folder.hpp"

#include "layers/error.hpp"

#include <cstdlib>
#include <string>

namespace layers {

PrivateFolder::PrivateFolder() {
    std::error_code fault;
    std::string pattern = (std::filesystem::temp_directory_path(fault) / "ecoredline-XXXXXX").string();
    if (fault || ::mkdtemp(pattern.data()) == nullptr) { // mkdtemp: mode 0700
        throw Error("无法在临时目录中建文件夹，请检查 TMPDIR 和磁盘空间 / cannot make a temporary folder: "
                    "check TMPDIR and disk space");
    }
    m_path = pattern;
}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

} // namespace layers
