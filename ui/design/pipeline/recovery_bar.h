// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simclr::ui {

class InlineMessage;
class PipelineAutosave;

/// Offers the unsaved changes left by a crash, one pipeline after the other, and reports changes that cannot
/// be saved or read. Closing the offer keeps them for the next start. Takes no space while there is no
/// message. Owned by the DesignPage; UI thread.
class RecoveryBar : public QWidget {
    Q_OBJECT
  public:
    explicit RecoveryBar(PipelineAutosave &autosave, QWidget *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    void showOffer();
    /// Adds margins around the messages if there are any.
    void keepDistance();

    PipelineAutosave &m_autosave;
    InlineMessage *m_offer;
    InlineMessage *m_problem;
};

} // namespace simclr::ui
