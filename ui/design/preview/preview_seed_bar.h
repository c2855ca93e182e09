// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QToolButton;

namespace simclr::ui {

/// Selects which sample of the views is shown: seed, epoch and side of the views, with the commands for a new
/// and the previous sample. Owned by the PreviewPanel; UI thread.
class PreviewSeedBar : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewSeedBar(QWidget *parent = nullptr);

    quint64 seed() const;
    std::uint32_t epoch() const;
    /// In pixels.
    int viewSize() const;

    /// Applies the options that changed on the Train page since the last call; what was set here is kept
    /// otherwise.
    void followTraining();

  public Q_SLOTS:
    /// Other random numbers: the views of the next epoch, as in training, or, with the seed unlocked, those
    /// of another seed.
    void newSample();
    /// The views of the previous epoch, or, with the seed unlocked, those of the previous seed.
    void previousSample();

  Q_SIGNALS:
    void seedChanged(quint64 seed);
    void epochChanged();
    void viewSizeChanged(int side);

  private:
    void assemble();
    void connectParts();
    void setViewSize(int side);
    void enterViewSize();

    QDoubleSpinBox *m_seed;
    QToolButton *m_lock;
    std::vector<double> m_seedsBefore; ///< the seeds that newSample() replaced, the most recent one last
    QSpinBox *m_epoch;
    QComboBox *m_viewSize;
    int m_trainedSize = 32;
    std::int64_t m_trainedSeed = 1;
};

} // namespace simclr::ui
