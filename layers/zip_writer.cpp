#include "layers/zip_writer.hpp"

#include "layers/encoding.hpp"
#include "layers/error.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <fmt/format.h>

#include <fstream>
#include <vector>

namespace layers {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 18U;
constexpr int kReadable = 0644;

struct WriterCloser {
    void operator()(archive* writer) const { archive_write_free(writer); }
};
struct EntryCloser {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

} // namespace

struct ZipWriter::Impl {
    std::filesystem::path file;
    std::unique_ptr<archive, WriterCloser> writer;

    [[noreturn]] void fail(const std::string& name) const {
        const char* why = archive_error_string(writer.get());
        throw Error(fmt::format("无法写入压缩包 {0}（{1}）：{2} / cannot write the archive {0} ({1}): {2}",
                                file.string(), name, why == nullptr ? "?" : why));
    }

    void begin(const std::string& name) const {
        if (!isAscii(name) || name.empty() || name.starts_with('/')) {
            throw Error(fmt::format("a member of {} may not be called {}", file.string(), name));
        }
        const std::unique_ptr<archive_entry, EntryCloser> entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), kReadable);
        // No size is set: lengths then stand behind each member alone, which QGIS's reader wants (it takes
        // half of them before and half behind for a damaged archive).
        // No time is set: libarchive would write it as the local time of whoever runs this.
        if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK) {
            fail(name);
        }
    }

    void add(const std::string& name, std::string_view bytes) const {
        if (archive_write_data(writer.get(), bytes.data(), bytes.size()) !=
            static_cast<la_ssize_t>(bytes.size())) {
            fail(name);
        }
    }
};

ZipWriter::ZipWriter(const std::filesystem::path& file) : m_impl(std::make_unique<Impl>()) {
    m_impl->file = file;
    m_impl->writer.reset(archive_write_new());
    archive* writer = m_impl->writer.get();
    if (writer == nullptr || archive_write_set_format_zip(writer) != ARCHIVE_OK ||
        archive_write_set_options(writer, "zip:compression=deflate,zip:!zip64") != ARCHIVE_OK ||
        archive_write_open_filename(writer, file.c_str()) != ARCHIVE_OK) {
        m_impl->fail("*");
    }
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::addFile(const std::string& name, const std::filesystem::path& file) {
    std::error_code fault;
    const std::uintmax_t size = std::filesystem::file_size(file, fault);
    std::ifstream in(file, std::ios::binary);
    if (fault || !in) {
        throw Error(fmt::format("无法读取 {0} / cannot read {0}", file.string()));
    }
    m_impl->begin(name);
    std::vector<char> block(kBlockBytes);
    std::uintmax_t written = 0;
    while (in) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto count = static_cast<std::size_t>(in.gcount());
        m_impl->add(name, std::string_view(block.data(), count));
        written += count;
    }
    if (in.bad() || written != size) {
        throw Error(fmt::format("{0} 在读取时被改动 / {0} changed while it was read", file.string()));
    }
}

void ZipWriter::addText(const std::string& name, std::string_view bytes) {
    m_impl->begin(name);
    m_impl->add(name, bytes);
}

void ZipWriter::close() {
    if (archive_write_close(m_impl->writer.get()) != ARCHIVE_OK) {
        m_impl->fail("*");
    }
}

} // namespace layers
