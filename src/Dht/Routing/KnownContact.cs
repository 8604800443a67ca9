namespace NuCypher.P2P.Dht;

/// <summary>
/// A contact that tables refer to; with an <see cref="Interner"/> all tables of a process to the same object.
/// </summary>
internal sealed class KnownContact(Contact contact)
{
    private readonly Contact _contact = contact;

    public ref readonly Contact Contact => ref _contact;
}
