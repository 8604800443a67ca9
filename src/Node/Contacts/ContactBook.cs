using System.Text;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Node.Contacts;

/// <summary>
/// Names for the cards of others, in a file of the data folder: a line for each, name and card with a tab between.
/// </summary>
/// <remarks>
/// A name may have one card of each role. Nobody but the folder's owner can write the file, and a card has a checksum.
/// </remarks>
internal sealed class ContactBook
{
    /// <summary>The most entries.</summary>
    public const int MaxEntries = 10_000;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameSize = 64;

    private const int MaxFileSize = MaxEntries * 512;

    private readonly string _path;
    private readonly List<ContactEntry> _entries = [];

    private ContactBook(string path) => _path = path;

    /// <summary>Every entry, by name.</summary>
    public IReadOnlyList<ContactEntry> Entries => _entries;

    /// <summary>Reads the book of a folder; an empty one if there is none.</summary>
    /// <exception cref="CommandException">The file is damaged.</exception>
    public static ContactBook Of(DataFolder folder)
    {
        var book = new ContactBook(folder.Contacts);
        if (!File.Exists(folder.Contacts))
            return book;
        if (new FileInfo(folder.Contacts).Length > MaxFileSize)
            throw book.Damaged("is longer than any address book");
        var text = TextFile.TryRead(folder.Contacts) ?? throw book.Damaged("is not UTF-8");
        foreach (var (line, number) in LinesOf(text).Select((line, i) => (line, i + 1)))
        {
            if (line.Split('\t') is not [var name, var card] || NameOf(name) != name || CardOf(card) is null)
                throw book.Damaged($"has no name and card in line {number}");
            book._entries.Add(new ContactEntry(name, card));
        }

        return book;
    }

    /// <summary>Changes the book of a folder; of two who do so at once one is refused.</summary>
    /// <exception cref="CommandException">Somebody else is changing it.</exception>
    public static void Change(DataFolder folder, Action<ContactBook> change)
    {
        using var locked = FileLock.Take(folder.Contacts);
        var book = Of(folder);
        change(book);
        var lines =
            book._entries.OrderBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Card, StringComparer.Ordinal);
        AtomicFile.Write(
            book._path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(e => $"{e.Name}\t{e.Card}\n"))),
            Modes.Secret);
    }

    /// <summary>
    /// A name as it is kept; null if it is none: empty, too long, like a card, or with blanks at its ends or control
    /// characters.
    /// </summary>
    public static string? NameOf(string text)
    {
        if (!PolicyLabel.TryParse(text, out var label))
            return null;
        var name = NormalForm.Of(label.Text);
        var isLikeACard = name.StartsWith("alice1_", StringComparison.Ordinal)
            || name.StartsWith("bob1_", StringComparison.Ordinal);
        return name.Length <= MaxNameSize && name.Trim() == name && !isLikeACard ? name : null;
    }

    /// <summary>The card of a name in a role, alice or bob; null if there is none.</summary>
    public string? Find(string name, string role) =>
        _entries.FirstOrDefault(e => e.Name == NormalForm.Of(name) && e.Role == role)?.Card;

    /// <summary>Adds a card; the same once more changes nothing.</summary>
    /// <exception cref="CommandException">It is no card, or the name has another one, or the book is full.</exception>
    public void Add(string name, string text)
    {
        var card = CardOf(text) ?? throw new CommandException(
            ExitCode.BadInput, $"{text} is no card",
            "Copy the line that nucypher card printed, whole: alice1_... or bob1_...");
        var entry = new ContactEntry(name, card);
        if (Find(name, entry.Role) is { } there && there != card)
        {
            throw new CommandException(
                ExitCode.BadInput, $"{name} has another {entry.Role} card: {there}",
                $"If it is out of date, say first: nucypher contacts remove {name}");
        }

        if (_entries.Count >= MaxEntries)
            throw new CommandException(
                ExitCode.Storage, $"the address book is full: {MaxEntries:N0} cards", "Remove some.");
        if (!_entries.Contains(entry))
            _entries.Add(entry);
    }

    /// <summary>Removes every card of a name; false if there is none.</summary>
    public bool Remove(string name) => _entries.RemoveAll(e => e.Name == name) > 0;

    private static string? CardOf(string text) =>
        AliceCard.TryParse(text, out var alice, out _) ? alice.ToString()
        : BobCard.TryParse(text, out var bob, out _) ? bob.ToString()
        : null;

    private static string[] LinesOf(string text) =>
        text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).ReplaceLineEndings("\n").Split('\n');

    private CommandException Damaged(string how) =>
        new(ExitCode.Storage, $"{_path} {how}", "Mend that line, or move the file away and add the cards again.");
}
