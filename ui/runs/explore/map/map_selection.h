// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <cstdint>
#include <span>
#include <vector>

namespace simclr::ui {

enum class SelectionChange { Replace, Add, Remove };

/// The selected images, by their index in the dataset, so that maps of different encoders share them. Owned
/// by the MapView; UI thread.
class MapSelection : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    /// In ascending order.
    const std::vector<std::uint32_t> &samples() const { return m_samples; }
    bool contains(std::uint32_t sample) const;
    /// One flag for each of `samples`; empty if none of them is selected.
    std::vector<std::uint8_t> flagsOf(std::span<const std::uint32_t> samples) const;

    void change(std::vector<std::uint32_t> samples, SelectionChange change);
    void clear() { change({}, SelectionChange::Replace); }

  Q_SIGNALS:
    void changed();

  private:
    std::vector<std::uint32_t> m_samples;
};

} // namespace simclr::ui
