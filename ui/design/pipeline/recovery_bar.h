// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simclr::ui {

class InlineMessage;
class PipelineAutosave;

/// Offers the unsaved changes that were left by a crash, one pipeline after the other, and tells where they
/// cannot be kept or read. Closing the offer leaves them for the next start. Takes no room while there is
/// nothing to say. Owned by the DesignPage; UI thread.
class RecoveryBar : public QWidget {
    Q_OBJECT
  public:
    explicit RecoveryBar(PipelineAutosave &autosave, QWidget *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    void showOffer();
    /// Room around the messages, where there are any.
    void keepDistance();

    PipelineAutosave &m_autosave;
    InlineMessage *m_offer;
    InlineMessage *m_problem;
};

} // namespace simclr::ui
