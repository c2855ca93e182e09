// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QStringList>
#include <functional>
#include <optional>

class QCompleter;
class QPainter;
class QStringListModel;

namespace simclr::ui {

/// What may be written at the cursor of a filter, and which characters of the line it replaces.
struct FilterCompletions {
    QStringList texts;
    int from = 0;
    int length = 0;
};

/// The line that filters runs: completes names and values while the user types, underlines the place of a
/// problem, and names a word that is not searched for yet. Owned by the RunsFilterBar.
class FilterLine : public QLineEdit {
    Q_OBJECT
  public:
    explicit FilterLine(QWidget *parent = nullptr);

    /// `complete(line, cursor)` gives the completions; a quick function, called at each key.
    void setCompletions(std::function<FilterCompletions(const QString &line, int cursor)> complete);
    /// Whether the user is still writing the text: it was typed, or completed, since Enter was last pressed.
    bool isTyped() const { return m_isTyped; }
    /// Says after the text that Enter searches for this word; empty: nothing.
    void offerSearch(const QString &word);
    /// What offerSearch() shows.
    const QString &offeredSearch() const { return m_offer; }
    /// Underlines `length` characters from `from`; 0 removes the line.
    void mark(int from, int length);

  Q_SIGNALS:
    /// Enter was pressed: the text is meant as it is.
    void confirmed();

  protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

  private:
    void complete(bool isWanted);
    void insert(const QString &completion);
    bool hasChosen() const;
    void paintMark(QPainter &painter) const;
    void paintOffer(QPainter &painter) const;
    int xOf(qsizetype character) const;

    std::function<FilterCompletions(const QString &, int)> m_complete;
    FilterCompletions m_offered;
    QCompleter *m_completer;
    QStringListModel *m_texts;
    QString m_offer;
    std::optional<QString> m_edited; ///< by the user, which textChanged() does not say
    bool m_isTyped = false;
    int m_markFrom = 0;
    int m_markLength = 0;
};

} // namespace simclr::ui
