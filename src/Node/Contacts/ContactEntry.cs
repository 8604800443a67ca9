namespace NuCypher.P2P.Node.Contacts;

/// <summary>Somebody's card under a name.</summary>
/// <param name="Name">In normal form C, 1 to <see cref="ContactBook.MaxNameSize"/> characters.</param>
/// <param name="Card">An Alice's or a Bob's card, as text.</param>
internal sealed record ContactEntry(string Name, string Card)
{
    /// <summary>Whose card it is: alice or bob.</summary>
    public string Role => Card[..Card.IndexOf('1')];
}
