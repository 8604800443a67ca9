using System.Runtime.InteropServices;

namespace NuCypher.P2P.Dht;

/// <summary>
/// Keeps what many nodes of one process know alike only once: each contact and each record is one object for all of
/// them.
/// </summary>
/// <remarks>
/// For simulations; a process with one node gains nothing. What is shared never changes, so that nodes behave the same
/// with and without it. Not safe for several threads at once.
/// </remarks>
public sealed class Interner
{
    /// <summary>
    /// Contacts that are remembered; beyond it all are forgotten, and stay with the nodes that hold them.
    /// </summary>
    public const int MaxContacts = 500_000;

    /// <summary>
    /// Records that are remembered; beyond it all are forgotten, and stay with the nodes that hold them.
    /// </summary>
    public const int MaxRecords = 100_000;

    private readonly Dictionary<Contact, KnownContact> _contacts = [];
    private readonly Dictionary<(NodeId Key, ulong Sequence), VerifiedRecord> _records = [];

    /// <summary>Contacts that are remembered now.</summary>
    internal int ContactCount => _contacts.Count;

    /// <summary>Records that are remembered now.</summary>
    internal int RecordCount => _records.Count;

    /// <summary>The one object for a contact.</summary>
    internal KnownContact Share(in Contact contact)
    {
        if (_contacts.Count == MaxContacts && !_contacts.ContainsKey(contact))
            _contacts.Clear();
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_contacts, contact, out _);
        return known ??= new KnownContact(contact);
    }

    /// <summary>
    /// The one object for a record; of two that differ under one key and sequence the later one is remembered.
    /// </summary>
    internal VerifiedRecord Share(VerifiedRecord record)
    {
        var name = (record.Key, record.Sequence);
        if (_records.TryGetValue(name, out var known) && known.Bytes.Span.SequenceEqual(record.Bytes.Span))
            return known;
        if (_records.Count == MaxRecords && known is null)
            _records.Clear();
        return _records[name] = record;
    }
}
