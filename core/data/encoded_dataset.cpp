// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/encoded_dataset.h"

#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <algorithm>
#include <charconv>

namespace simclr {

std::uint64_t contentId(std::string_view sha256) {
    std::uint64_t id = 0;
    std::from_chars(sha256.data(), sha256.data() + std::min<std::size_t>(sha256.size(), 16), id, 16);
    return id;
}

EncodedDataset::EncodedDataset(DatasetReport report, EncodedSamples samples, std::string fingerprint,
                               const Reading &reading)
    : m_report(std::move(report)),
      m_samples(std::move(samples)),
      m_fingerprint(std::move(fingerprint)),
      m_reading(reading) {
    countSamples(*this, m_report);
}

std::string EncodedDataset::sampleName(std::uint32_t sample) const {
    return toValidUtf8(m_samples.images->name(row(sample)));
}

std::uint64_t EncodedDataset::contentOf(std::uint32_t sample) const {
    return m_samples.contents.empty() ? 0 : m_samples.contents.at(sample);
}

bool EncodedDataset::isTouched(std::uint32_t sample) const {
    if (m_samples.stamps.empty() || !m_samples.stamps.at(sample).isKnown())
        return false;
    return m_samples.files->stamp(row(sample)) != m_samples.stamps[sample];
}

void EncodedDataset::dropIndex() const {
    std::error_code failure; // then it stays, and the images are refused again
    if (!m_samples.index.empty())
        std::filesystem::remove(m_samples.index, failure);
}

/// As they were at opening.
std::string EncodedDataset::bytesOf(std::uint32_t sample) const {
    const std::uint32_t at = row(sample);
    std::string bytes = m_samples.files->read(at, m_reading.limits.maxFileBytes);
    if (isTouched(sample) && contentId(sha256(bytes)) != contentOf(sample)) {
        dropIndex();
        throw ImagesChanged(m_samples.files->displayName(at) +
                            " was replaced or changed since the images were opened");
    }
    return bytes;
}

Image EncodedDataset::image(std::uint32_t sample) const {
    return decodeImage(bytesOf(sample), m_samples.files->displayName(row(sample)), m_reading.limits,
                       m_reading.depth);
}

std::vector<std::string> EncodedDataset::columnNames() const {
    return m_samples.columns ? m_samples.columns->names() : std::vector<std::string>();
}

std::string EncodedDataset::columnValue(std::uint32_t sample, const std::string &column) const {
    return m_samples.columns ? m_samples.columns->valueOf(row(sample), column) : std::string();
}

} // namespace simclr
