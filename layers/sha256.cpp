#include "layers/sha256.hpp"

#include "layers/descriptor_handle.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

namespace fs = std::filesystem;

namespace layers {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;

/// One running sha256.
class Sha256 {
  public:
    Sha256() : m_context(EVP_MD_CTX_new()) {
        if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1) {
            throw Error("OpenSSL offers no sha256 on this machine; install libssl3");
        }
    }
    void add(const char* bytes, std::size_t count) {
        if (EVP_DigestUpdate(m_context.get(), bytes, count) != 1) {
            throw Error("OpenSSL failed to compute a sha256");
        }
    }
    [[nodiscard]] std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        if (EVP_DigestFinal_ex(m_context.get(), digest.data(), &length) != 1) {
            throw Error("OpenSSL failed to compute a sha256");
        }
        std::string text;
        for (unsigned int i = 0; i < length; ++i) {
            text += fmt::format("{:02x}", digest[i]);
        }
        return text;
    }

  private:
    struct Deleter {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Deleter> m_context;
};

} // namespace

std::string sha256Of(const std::vector<fs::path>& files) {
    Sha256 sum;
    std::vector<char> block(kBlockBytes);
    for (const fs::path& path : files) {
        const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (file.number() < 0) {
            throw Error(fmt::format("无法读取 {0}：{1} / cannot read {0}: {1}", path.string(),
                                    std::generic_category().message(errno)));
        }
        for (;;) {
            const ssize_t count = ::read(file.number(), block.data(), block.size());
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0) {
                throw Error(fmt::format("无法读取 {0}：{1} / cannot read {0}: {1}", path.string(),
                                        std::generic_category().message(errno)));
            }
            if (count == 0) {
                break;
            }
            sum.add(block.data(), static_cast<std::size_t>(count));
        }
    }
    return sum.hex();
}

std::string sha256OfText(std::string_view text) {
    Sha256 sum;
    sum.add(text.data(), text.size());
    return sum.hex();
}

} // namespace layers
